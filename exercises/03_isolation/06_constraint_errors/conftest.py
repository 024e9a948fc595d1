"""A database in memory for each test, with a real BEGIN, so that savepoints are savepoints."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from club import Base


@pytest_asyncio.fixture
async def session() -> AsyncIterator[AsyncSession]:
    """A session on the club's empty database."""
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")

    @event.listens_for(engine.sync_engine, "connect")
    def leave_transactions_to_us(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def send_a_real_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session
    await engine.dispose()
