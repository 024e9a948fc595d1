"""Fixtures for the workshop's API."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from workshop_api import User, app, current_user


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncClient]:
    """A client that talks to the app, without a token."""
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://workshop") as client:
        yield client


@pytest.fixture
def override() -> Callable[[Callable[..., Any], Callable[..., Any]], None]:
    """override(dependency, replacement): the app uses the replacement."""

    def put(dependency: Callable[..., Any], replacement: Callable[..., Any]) -> None:
        app.dependency_overrides[dependency] = replacement

    return put


@pytest.fixture
def sign_in() -> Callable[[User], None]:
    """sign_in(user): every request is this user's."""

    def put(user: User) -> None:
        app.dependency_overrides[current_user] = lambda: user

    return put
