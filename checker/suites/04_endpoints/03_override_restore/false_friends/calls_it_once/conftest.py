"""Fixtures for the workshop's API. What they override is borrowed, and given back after the test."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from workshop_api import User, app, current_user

Override: TypeAlias = Callable[[Callable[..., Any], Callable[..., Any]], None]


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncClient]:
    """A client that talks to the app, without a token."""
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://workshop") as client:
        yield client


@pytest.fixture
def override(monkeypatch: pytest.MonkeyPatch) -> Override:
    """override(dependency, replacement): in force until the test is over."""

    def put(dependency: Callable[..., Any], replacement: Callable[..., Any]) -> None:
        # setitem remembers the value, or that there was none, and undoes the last call first.
        value = replacement()
        monkeypatch.setitem(app.dependency_overrides, dependency, lambda: value)

    return put


@pytest.fixture
def sign_in(override: Override) -> Callable[[User], None]:
    """sign_in(user): every request is this user's until the test is over."""

    def put(user: User) -> None:
        override(current_user, lambda: user)

    return put
