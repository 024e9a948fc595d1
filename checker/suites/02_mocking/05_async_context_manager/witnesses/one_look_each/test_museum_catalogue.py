import pytest
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any

from museum_catalogue import Artwork, Catalogue

pytestmark = pytest.mark.asyncio


@asynccontextmanager
async def entered(what: Any) -> Any:
    yield what


async def found(error: Exception | None = None) -> Artwork:
    async def json() -> dict[str, str]:
        if error is not None:
            raise error
        return {"title": "Low Tide", "artist": "unknown"}

    response = SimpleNamespace(status=200, json=json)
    session = SimpleNamespace(get=lambda path: entered(response))
    return await Catalogue(lambda: entered(session)).artwork(7)


async def test_the_number() -> None:
    assert (await found()).number == 7


async def test_a_broken_body_is_an_error() -> None:
    with pytest.raises(Exception):
        await found(OSError())
