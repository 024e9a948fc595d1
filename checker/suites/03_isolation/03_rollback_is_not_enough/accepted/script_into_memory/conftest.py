"""The file is dumped as a script once, and played into a memory database for each test."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from chart_of_accounts import create_database


@pytest.fixture(scope="session")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("dump") / "ledger.sqlite"
    create_database(path)
    with closing(sqlite3.connect(path)) as connection:
        return "\n".join(connection.iterdump())


@pytest_asyncio.fixture
async def engine(script: str) -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        await raw.driver_connection.executescript(script)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    session = AsyncSession(engine, expire_on_commit=False)
    yield session
    await session.close()
