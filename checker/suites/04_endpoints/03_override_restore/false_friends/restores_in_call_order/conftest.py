"""Fixtures for the workshop's API."""

from collections.abc import AsyncIterator, Callable, Iterator
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
def override() -> Iterator[Override]:
    """override(dependency, replacement): in force until the test is over."""
    replaced: list[tuple[Callable[..., Any], Callable[..., Any] | None]] = []

    def put(dependency: Callable[..., Any], replacement: Callable[..., Any]) -> None:
        replaced.append((dependency, app.dependency_overrides.get(dependency)))
        app.dependency_overrides[dependency] = replacement

    yield put
    for dependency, before in replaced:
        if before is None:
            app.dependency_overrides.pop(dependency, None)
        else:
            app.dependency_overrides[dependency] = before


@pytest.fixture
def sign_in(override: Override) -> Callable[[User], None]:
    """sign_in(user): every request is this user's until the test is over."""

    def put(user: User) -> None:
        override(current_user, lambda: user)

    return put
