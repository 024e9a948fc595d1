"""Two fixtures: a file with the tables, and an engine on it that keeps no connection."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from recipe_box import Base


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "box.sqlite3"
    sync_engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(sync_engine)
    sync_engine.dispose()
    return path


@pytest_asyncio.fixture
async def engine(database: Path) -> AsyncIterator[AsyncEngine]:
    yield create_async_engine(f"sqlite+aiosqlite:///{database}", poolclass=NullPool)
