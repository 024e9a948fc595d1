"""unittest.mock.patch.dict restores a dict, whatever was done to it."""

from unittest.mock import create_autospec, patch

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from workshop_api import app, current_user


def _nobody():
    """The signature of a replacement: no parameters."""


@pytest.fixture
def overrides():
    with patch.dict(app.dependency_overrides) as patched:
        yield patched


@pytest.fixture
def override(overrides):
    def inner(dependency, replacement):
        overrides[dependency] = replacement

    return inner


@pytest.fixture
def sign_in(override):
    return lambda user: override(current_user, create_autospec(_nobody, return_value=user))


@pytest_asyncio.fixture
async def client():
    async with AsyncClient(base_url="http://t", transport=ASGITransport(app=app)) as c:
        yield c
