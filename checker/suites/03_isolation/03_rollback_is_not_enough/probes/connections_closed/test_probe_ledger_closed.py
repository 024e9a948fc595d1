"""The number of open connections does not grow from test to test."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import Pool

from ledger import post

still_open: list[object] = []
seen: list[int] = []


def note_opened(connection: object, *_: object) -> None:
    if not isinstance(connection, sqlite3.Connection):
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
async def test_uses_a_session(session: AsyncSession) -> None:
    await post(session, "cash", "stock", 1)


def test_first_look() -> None:
    seen.append(len(still_open))


@pytest.mark.asyncio
async def test_fails_with_a_session(session: AsyncSession) -> None:
    await post(session, "cash", "stock", 1)
    pytest.fail("this test is meant to fail")


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_uses_more_sessions(session: AsyncSession, number: int) -> None:
    await post(session, "cash", "stock", number)


def test_second_look() -> None:
    assert len(still_open) <= seen[0]
