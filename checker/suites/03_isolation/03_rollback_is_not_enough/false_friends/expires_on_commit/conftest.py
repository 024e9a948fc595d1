"""Fixtures for the ledger."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from chart_of_accounts import create_database


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file that is made once, and that no test ever opens."""
    path = tmp_path_factory.mktemp("ledger") / "pristine.sqlite"
    create_database(path)
    return path


@pytest.fixture
def database(pristine: Path, tmp_path: Path) -> Path:
    """A copy of that file, for one test to spoil."""
    return Path(shutil.copy(pristine, tmp_path / "ledger.sqlite"))


@pytest_asyncio.fixture
async def engine(database: Path) -> AsyncIterator[AsyncEngine]:
    """An engine on the copy."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    """A session that may commit whatever it likes."""
    async with AsyncSession(engine) as session:
        yield session
