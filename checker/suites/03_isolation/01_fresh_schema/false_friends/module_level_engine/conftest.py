from collections.abc import AsyncIterator

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from recipe_box import Base

ENGINE = create_async_engine("sqlite+aiosqlite:///:memory:")


@pytest_asyncio.fixture
async def engine() -> AsyncIterator[AsyncEngine]:
    async with ENGINE.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)
        await connection.run_sync(Base.metadata.create_all)
    yield ENGINE
