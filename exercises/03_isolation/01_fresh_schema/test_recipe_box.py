"""What the recipe box does. These tests are given; they use the `engine` of conftest.py."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from recipe_box import NoSuchRecipe, TitleTaken, add_recipe, amounts, titles

# Each test has a title of its own. With the same one in two tests, the second test fails.


@pytest.mark.asyncio
async def test_a_recipe_is_listed(engine: AsyncEngine) -> None:
    await add_recipe(engine, "Pancakes", 4, {"flour": 250})

    assert "Pancakes" in await titles(engine)


@pytest.mark.asyncio
async def test_amounts_follow_the_guests(engine: AsyncEngine) -> None:
    await add_recipe(engine, "Waffles", 4, {"flour": 250, "butter": 125})

    assert await amounts(engine, "Waffles", 6) == {"flour": 375, "butter": 188}


@pytest.mark.asyncio
async def test_a_title_is_taken_once(engine: AsyncEngine) -> None:
    await add_recipe(engine, "Dumplings", 2, {})

    with pytest.raises(TitleTaken):
        await add_recipe(engine, "Dumplings", 4, {"flour": 500})


@pytest.mark.asyncio
async def test_an_unknown_recipe_has_no_amounts(engine: AsyncEngine) -> None:
    with pytest.raises(NoSuchRecipe):
        await amounts(engine, "Stone soup", 4)
