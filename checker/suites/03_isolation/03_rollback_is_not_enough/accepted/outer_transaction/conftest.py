"""One connection and one outer transaction a test; commits and rollbacks become savepoints."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

import chart_of_accounts


@pytest.fixture(scope="session")
def ledger_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("data") / "ledger.db"
    chart_of_accounts.create_database(file)
    return file


@pytest_asyncio.fixture
async def session(ledger_file: Path) -> AsyncIterator[AsyncSession]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{ledger_file}")

    @event.listens_for(engine.sync_engine, "connect")
    def no_implicit_begin(dbapi: Any, _record: object) -> None:
        dbapi.isolation_level = None

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    async with engine.connect() as connection:
        outer = await connection.begin()
        session = AsyncSession(
            connection, expire_on_commit=False, join_transaction_mode="create_savepoint"
        )
        yield session
        await session.close()
        await outer.rollback()
    await engine.dispose()
