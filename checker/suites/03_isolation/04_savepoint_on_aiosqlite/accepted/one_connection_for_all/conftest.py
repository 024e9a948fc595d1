"""One engine for the whole run; a transaction and a session for each test."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, create_async_engine

from question_bank import create_database


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[AsyncEngine]:
    path = tmp_path_factory.mktemp("run") / "assessments.sqlite"
    create_database(path)
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    def on_connect(dbapi_connection, connection_record):
        dbapi_connection.isolation_level = None

    def on_begin(connection):
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", on_connect)
    event.listen(engine.sync_engine, "begin", on_begin)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def connection(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    connection = await engine.connect()
    await connection.begin()
    yield connection
    await connection.rollback()
    await connection.close()


@pytest_asyncio.fixture
async def session(connection: AsyncConnection) -> AsyncIterator[AsyncSession]:
    session = AsyncSession(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
    yield session
    await session.close()
