"""A database in memory for each test."""

from collections.abc import AsyncIterator

import pytest_asyncio

from photo_lab import Database


@pytest_asyncio.fixture
async def database() -> AsyncIterator[Database]:
    """An open database of the test's own, with all tables and no rows."""
    database = Database("sqlite+aiosqlite:///:memory:")
    await database.create_tables()
    yield database
    await database.close()
