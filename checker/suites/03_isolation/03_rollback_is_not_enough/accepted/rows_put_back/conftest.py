"""All rows are remembered once, and put back after each test."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import create_engine, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.pool import NullPool

from chart_of_accounts import Base, create_database

TABLES = Base.metadata.sorted_tables


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, dict[str, list[dict[str, Any]]]]:
    """The path of the database, and its rows by table."""
    path = tmp_path_factory.mktemp("ledger") / "chart.sqlite"
    create_database(path)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        rows = {t.name: [dict(r) for r in connection.execute(select(t)).mappings()] for t in TABLES}
    engine.dispose()
    return str(path), rows


@pytest_asyncio.fixture
async def session(
    loaded: tuple[str, dict[str, list[dict[str, Any]]]],
) -> AsyncIterator[AsyncSession]:
    path, rows = loaded
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}", poolclass=NullPool)
    try:
        async with AsyncSession(engine, expire_on_commit=False) as session:
            yield session
    finally:
        async with engine.begin() as connection:
            for table in reversed(TABLES):
                await connection.execute(delete(table))
            for table in TABLES:
                if rows[table.name]:
                    await connection.execute(insert(table), rows[table.name])
