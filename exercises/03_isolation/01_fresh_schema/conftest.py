"""Fixtures for the recipe box."""

import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from recipe_box import Base

ENGINE = create_async_engine("sqlite+aiosqlite:///:memory:")


@pytest_asyncio.fixture
async def engine() -> AsyncEngine:
    """The engine, with all tables."""
    async with ENGINE.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    return ENGINE
