"""One test commits rows, the next one finds none."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from recipe_box import Ingredient, add_recipe, titles

pytestmark = pytest.mark.asyncio


async def ingredients(engine: AsyncEngine) -> int:
    async with AsyncSession(engine) as session:
        return await session.scalar(select(func.count()).select_from(Ingredient)) or 0


@pytest.mark.parametrize("number", [1, 2])
async def test_the_same_title_again(engine: AsyncEngine, number: int) -> None:
    await add_recipe(engine, "Pancakes", 4, {"flour": 250, "milk": 500})

    assert await titles(engine) == ["Pancakes"]
    assert await ingredients(engine) == 2


async def test_nothing_is_left(engine: AsyncEngine) -> None:
    assert await titles(engine) == []
    assert await ingredients(engine) == 0
