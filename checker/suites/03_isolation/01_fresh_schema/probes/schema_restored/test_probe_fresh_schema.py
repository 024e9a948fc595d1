"""A test changes the schema; the next one finds it as it was."""

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from recipe_box import add_recipe, titles

pytestmark = pytest.mark.asyncio


async def tables(engine: AsyncEngine) -> set[str]:
    def names(connection: Connection) -> set[str]:
        return set(inspect(connection).get_table_names())

    async with engine.connect() as connection:
        return await connection.run_sync(names)


async def test_drops_one_table_and_makes_another(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(text("DROP TABLE ingredients"))
        await connection.execute(text("CREATE TABLE shopping_list (item TEXT)"))
    assert await tables(engine) == {"recipes", "shopping_list"}


async def test_finds_the_schema_as_it_was(engine: AsyncEngine) -> None:
    assert await tables(engine) == {"recipes", "ingredients"}
    await add_recipe(engine, "Pancakes", 4, {"flour": 250})
    assert await titles(engine) == ["Pancakes"]
