"""On which event loop are connections of `engine` opened and closed?"""

import asyncio
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import Pool

from recipe_box import add_recipe

used: list[asyncio.AbstractEventLoop] = []
loops: list[asyncio.AbstractEventLoop] = []


def note(dbapi_connection: object, *_: object) -> None:
    if isinstance(dbapi_connection, sqlite3.Connection):
        return  # a synchronous engine needs no loop
    try:
        used.append(asyncio.get_running_loop())
    except RuntimeError:
        pass


@pytest.fixture(scope="module", autouse=True)
def watched_pools() -> Iterator[None]:
    for name in ("connect", "close"):
        event.listen(Pool, name, note)
    yield
    for name in ("connect", "close"):
        event.remove(Pool, name, note)


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_uses_the_engine(engine: AsyncEngine, number: int) -> None:
    loops.append(asyncio.get_running_loop())
    await add_recipe(engine, f"Pancakes {number}", 4, {"flour": 250})


def test_all_was_done_on_the_loops_of_the_tests() -> None:
    strangers = [loop for loop in used if not any(loop is own for own in loops)]
    assert len(strangers) == 0, f"{len(strangers)} of {len(used)} times on another loop"
