"""The file is made once; each test gets it poured into a memory database of its own."""

import sqlite3
from contextlib import closing

import pytest
import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from question_bank import create_database


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("template") / "bank.sqlite"
    create_database(path)
    with closing(sqlite3.connect(path)) as connection:
        return connection.serialize()


@pytest_asyncio.fixture
async def engine(template: bytes):
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    # Without this a SAVEPOINT would be the outermost transaction here, too.
    event.listen(engine.sync_engine, "connect", lambda dbapi, _: setattr(dbapi, "isolation_level", None))
    event.listen(engine.sync_engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    async with engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver._execute(driver._conn.deserialize, template)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def session(engine) -> AsyncSession:
    async with async_sessionmaker(engine, expire_on_commit=False)() as session:
        yield session
