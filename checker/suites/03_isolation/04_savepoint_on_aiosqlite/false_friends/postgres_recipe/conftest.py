"""Fixtures for the assessment service, with the recipe for a session in an outer transaction."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from question_bank import create_database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file, made once for all tests."""
    path = tmp_path_factory.mktemp("assessments") / "bank.sqlite"
    create_database(path)
    return path


@pytest_asyncio.fixture
async def engine(database: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on the file, closed after the test."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session whose commits and rollbacks happen in savepoints of a transaction that is rolled back."""
    async with engine.connect() as connection:
        transaction = await connection.begin()
        async with AsyncSession(
            bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session:
            yield session
        await transaction.rollback()
