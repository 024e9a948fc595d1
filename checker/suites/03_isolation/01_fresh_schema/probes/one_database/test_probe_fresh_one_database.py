"""Several sessions and a preparing fixture share the database of their test."""

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from recipe_box import Recipe, add_recipe, titles

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def pancakes(engine: AsyncEngine) -> int:
    return await add_recipe(engine, "Pancakes", 4, {"flour": 250})


async def test_finds_what_a_fixture_prepared(engine: AsyncEngine, pancakes: int) -> None:
    await add_recipe(engine, "Waffles", 4, {})

    assert await titles(engine) == ["Pancakes", "Waffles"]


async def test_finds_what_an_open_session_committed(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as first, AsyncSession(engine) as second:
        first.add(Recipe(title="Dumplings", servings=2))
        await first.commit()
        found = list(await second.scalars(select(Recipe.title)))

    assert found == ["Dumplings"]
