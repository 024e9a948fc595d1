"""An autouse fixture takes a copy of the dict and puts all of it back."""

import httpx
import pytest
import pytest_asyncio

import workshop_api
from workshop_api import app


@pytest.fixture(autouse=True)
def overrides_as_they_were():
    before = app.dependency_overrides.copy()
    yield
    app.dependency_overrides.clear()
    app.dependency_overrides.update(before)


@pytest_asyncio.fixture
async def client():
    client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")
    yield client
    await client.aclose()


@pytest.fixture
def override():
    return app.dependency_overrides.__setitem__


@pytest.fixture
def sign_in():
    def sign_in(user):
        async def this_user():
            return user

        app.dependency_overrides[workshop_api.current_user] = this_user

    return sign_in
