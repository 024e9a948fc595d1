"""All tables are there, and empty, for the first test and for a later one."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from recipe_box import Ingredient, Recipe


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_finds_empty_tables(engine: AsyncEngine, number: int) -> None:
    assert isinstance(engine, AsyncEngine)
    async with AsyncSession(engine) as session:
        for table in (Recipe, Ingredient):
            assert await session.scalar(select(func.count()).select_from(table)) == 0
