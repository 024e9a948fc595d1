"""Looks into the file itself, with the standard library's driver, while no session is in use."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

import shop_database
from star_ratings import rate


def look_into_the_file() -> tuple[int, int]:
    """Items and ratings. Takes the write lock first, which fails at once if somebody holds it."""
    assert shop_database.created, "create_database was never called"
    path = shop_database.created[0]
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        items = connection.execute("SELECT count(*) FROM items").fetchone()[0]
        ratings = connection.execute("SELECT count(*) FROM ratings").fetchone()[0]
        connection.execute("ROLLBACK")
    return items, ratings


@pytest.mark.asyncio
async def test_passes(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await session.flush()


def test_the_file_is_clean_after_a_passing_test() -> None:
    assert look_into_the_file() == (3, 0)


@pytest.mark.asyncio
async def test_fails(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await session.flush()
    pytest.fail("this test is meant to fail")


def test_the_file_is_clean_after_a_failing_test() -> None:
    assert look_into_the_file() == (3, 0)
