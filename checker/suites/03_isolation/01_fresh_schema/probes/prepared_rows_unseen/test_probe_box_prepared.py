"""A fixture commits a recipe for one test; the next one does not find it."""

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

COUNT = text("SELECT count(*) FROM recipes")


@pytest_asyncio.fixture
async def prepared(engine: AsyncEngine) -> AsyncEngine:
    async with engine.begin() as connection:
        await connection.execute(text("INSERT INTO recipes (title, servings) VALUES ('Borscht', 4)"))
    return engine


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_finds_what_was_prepared_for_it(prepared: AsyncEngine, number: int) -> None:
    async with prepared.connect() as connection:
        assert await connection.scalar(COUNT) == 1


@pytest.mark.asyncio
async def test_finds_nothing(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.scalar(COUNT) == 0
