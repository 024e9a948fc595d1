from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy import MetaData
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from recipe_box import Base


@pytest_asyncio.fixture
async def engine() -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine("sqlite+aiosqlite:///test.db")
    async with engine.begin() as connection:
        everything = MetaData()
        await connection.run_sync(everything.reflect)
        await connection.run_sync(everything.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()
