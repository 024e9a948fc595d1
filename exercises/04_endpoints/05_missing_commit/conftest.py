"""The festival's database, in a file of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from festival_dao import Base


@pytest_asyncio.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """Opens sessions on a database with all tables and no rows. Each has a connection to itself."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'festival.sqlite'}"
    engine = create_async_engine(url, connect_args={"timeout": 1})

    @event.listens_for(engine.sync_engine, "connect")
    def do_not_wait_for_the_disk(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.execute("PRAGMA synchronous = OFF")
        dbapi_connection.execute("PRAGMA journal_mode = MEMORY")

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()
