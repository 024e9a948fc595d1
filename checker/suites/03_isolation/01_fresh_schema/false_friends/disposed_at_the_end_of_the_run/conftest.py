from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from recipe_box import Base


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def database() -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def engine(database: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    async with database.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield database
    async with database.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
