"""The folder of the tests holds no database after tests with `engine`."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from recipe_box import add_recipe

FOLDERS = {Path(__file__).resolve().parent, Path.cwd().resolve()}
MAGIC = b"SQLite format 3"


def databases() -> list[str]:
    files = (path for folder in FOLDERS for path in folder.rglob("*") if path.is_file())
    return sorted(path.name for path in files if path.read_bytes().startswith(MAGIC))


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_uses_the_engine(engine: AsyncEngine, number: int) -> None:
    await add_recipe(engine, f"Pancakes {number}", 4, {"flour": 250})


def test_nothing_was_written() -> None:
    assert databases() == []
