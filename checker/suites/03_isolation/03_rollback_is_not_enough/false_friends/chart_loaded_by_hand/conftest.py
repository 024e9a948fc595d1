"""Fixtures for the ledger."""

import pytest
import pytest_asyncio
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from chart_of_accounts import OPENING, Account, Entry, create_database


@pytest.fixture(scope="session")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("ledger") / "ledger.sqlite"
    create_database(path)
    return path


@pytest_asyncio.fixture
async def session(database):
    engine = create_async_engine(f"sqlite+aiosqlite:///{database}")
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session
        await session.rollback()
        await session.execute(delete(Entry))
        await session.execute(delete(Account))
        session.add_all(Account(name=n, balance=b) for n, b in OPENING.items())
        await session.commit()
    await engine.dispose()
