"""Context managers on an exit stack, each of which knows what it replaced."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from workshop_api import User, app, current_user

ABSENT = object()


@contextmanager
def overridden(dependency: Callable[..., Any], replacement: Callable[..., Any]) -> Iterator[None]:
    overrides: dict[Any, Any] = app.dependency_overrides
    before = overrides.get(dependency, ABSENT)
    overrides[dependency] = replacement
    try:
        yield
    finally:
        if before is ABSENT:
            overrides.pop(dependency, None)
        else:
            overrides[dependency] = before


@pytest.fixture
def borrowed() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def override(borrowed: ExitStack) -> Callable[..., None]:
    return lambda dependency, replacement: borrowed.enter_context(overridden(dependency, replacement))


@pytest.fixture
def sign_in(borrowed: ExitStack) -> Callable[[User], None]:
    class SignedIn:
        """A callable object is a dependency, too."""

        def __init__(self, user: User) -> None:
            self.user = user

        async def __call__(self) -> User:
            return self.user

    return lambda user: borrowed.enter_context(overridden(current_user, SignedIn(user)))


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(app=app), base_url="https://workshop.test") as http:
        yield http
