"""Each connection that was opened for a failing test is closed when the test is over."""

from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import Pool

from recipe_box import add_recipe

opened: list[object] = []
still_open: list[object] = []


def note_opened(connection: object, *_: object) -> None:
    opened.append(connection)
    still_open.append(connection)


def note_closed(connection: object, *_: object) -> None:
    still_open[:] = [each for each in still_open if each is not connection]


@pytest.fixture(scope="module", autouse=True)
def watched_pools() -> Iterator[None]:
    event.listen(Pool, "connect", note_opened)
    event.listen(Pool, "close", note_closed)
    yield
    event.remove(Pool, "connect", note_opened)
    event.remove(Pool, "close", note_closed)


@pytest.mark.asyncio
async def test_uses_the_engine(engine: AsyncEngine) -> None:
    await add_recipe(engine, "Pancakes", 4, {"flour": 250})
    pytest.fail("this test is meant to fail")


def test_nothing_is_open() -> None:
    assert opened, "no connection was opened for the test"
    assert len(still_open) == 0, f"{len(still_open)} of {len(opened)} connections are still open"
