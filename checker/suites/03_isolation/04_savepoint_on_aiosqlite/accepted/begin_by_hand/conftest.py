"""No events: the driver is told to keep out, and the fixture itself says BEGIN and ROLLBACK."""

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

import question_bank


@pytest.fixture(scope="session")
def url(tmp_path_factory):
    path = tmp_path_factory.mktemp("db") / "assessments.db"
    question_bank.create_database(path)
    return f"sqlite+aiosqlite:///{path}"


@pytest_asyncio.fixture
async def session(url):
    engine = create_async_engine(url, connect_args={"isolation_level": None})
    try:
        async with engine.connect() as conn:
            outer = await conn.begin()
            await conn.exec_driver_sql("BEGIN")
            make_session = async_sessionmaker(
                conn, expire_on_commit=False, join_transaction_mode="create_savepoint"
            )
            async with make_session() as session:
                yield session
            await outer.rollback()
    finally:
        await engine.dispose()
