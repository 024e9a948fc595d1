"""The shop's database, in a file of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from web_orders import Base


@pytest_asyncio.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """An engine with all tables and no rows. Each session on it has a connection to itself."""
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'shop.sqlite'}")

    @event.listens_for(engine.sync_engine, "connect")
    def do_not_wait_for_the_disk(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.execute("PRAGMA synchronous = OFF")

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()
