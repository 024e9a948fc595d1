"""Fixtures for the assessment service, on SQLite."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from question_bank import create_database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file, made once for all tests."""
    path = tmp_path_factory.mktemp("assessments") / "bank.sqlite"
    create_database(path)
    return path


@pytest_asyncio.fixture(loop_scope="session")
async def engine(database: Path) -> AsyncIterator[AsyncEngine]:
    """An engine whose transactions begin when SQLAlchemy says so, and not when the driver guesses."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")

    @event.listens_for(engine.sync_engine, "connect")
    def leave_transactions_to_us(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def send_a_real_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    yield engine
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session whose commits and rollbacks happen in savepoints of a transaction that is rolled back."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(
            bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
        await transaction.rollback()
