"""Fixtures for the ledger."""

from collections.abc import AsyncIterator
from pathlib import Path
from unittest.mock import AsyncMock

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from chart_of_accounts import create_database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database file, made once for all tests."""
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    create_database(path)
    return path


@pytest_asyncio.fixture
async def engine(database: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on that file."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def session(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncSession]:
    """A session that never commits, so that the rollback takes everything away."""
    async with AsyncSession(engine, expire_on_commit=False) as session:
        monkeypatch.setattr(session, "commit", AsyncMock())
        yield session
        await session.rollback()
