"""On which event loop are connections taken and given back, for the session of a test?"""

import asyncio
import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import Pool

from grading import start
from question_bank import Question

used: list[asyncio.AbstractEventLoop] = []
loops: list[asyncio.AbstractEventLoop] = []


def note(dbapi_connection: object, *_: object) -> None:
    if isinstance(dbapi_connection, sqlite3.Connection):
        return  # the synchronous engine of create_database
    try:
        used.append(asyncio.get_running_loop())
    except RuntimeError:
        pass


@pytest.fixture(scope="module", autouse=True)
def watched_pools() -> Iterator[None]:
    for name in ("checkout", "checkin"):
        event.listen(Pool, name, note)
    yield
    for name in ("checkout", "checkin"):
        event.remove(Pool, name, note)


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_uses_the_session_to_the_end(session: AsyncSession, number: int) -> None:
    loops.append(asyncio.get_running_loop())
    await start(session, f"candidate {number}")
    assert len(list(await session.scalars(select(Question.code)))) == 3  # leaves a transaction open


def test_all_was_done_on_the_loops_of_the_tests() -> None:
    strangers = [loop for loop in used if not any(loop is own for own in loops)]
    assert len(strangers) == 0, f"{len(strangers)} of {len(used)} times on another loop"
