"""Fixtures for the workshop's API."""

from collections.abc import AsyncIterator, Callable
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from workshop_api import SESSIONS, User, app

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
        monkeypatch.setitem(app.dependency_overrides, dependency, replacement)

    return put


@pytest.fixture
def sign_in(client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[User], None]:
    """sign_in(user): opens a session for this user, and sends its token with every request."""

    def put(user: User) -> None:
        token = f"token-of-{user.name}"
        monkeypatch.setitem(SESSIONS, token, user)
        monkeypatch.setitem(client.headers, "Authorization", f"Bearer {token}")

    return put
