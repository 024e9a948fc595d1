"""A test commits and then fails; the next one starts clean."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from recipe_box import add_recipe, titles

pytestmark = pytest.mark.asyncio


async def test_fails_after_a_commit(engine: AsyncEngine) -> None:
    await add_recipe(engine, "Pancakes", 4, {"flour": 250})
    pytest.fail("this test is meant to fail")


async def test_starts_clean(engine: AsyncEngine) -> None:
    assert await titles(engine) == []
