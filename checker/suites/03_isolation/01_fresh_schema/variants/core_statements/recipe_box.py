"""A recipe box, written with insert statements; each function is one transaction on a connection."""

from collections.abc import Mapping

from sqlalchemy import ForeignKey, String, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the recipe box."""


class Recipe(Base):
    """A recipe for a number of servings. No two recipes have the same title."""

    __tablename__ = "recipes"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200), unique=True)
    servings: Mapped[int]


class Ingredient(Base):
    """So many grams of something, for all servings of a recipe together."""

    __tablename__ = "ingredients"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipe_id: Mapped[int] = mapped_column(ForeignKey(Recipe.id))
    name: Mapped[str] = mapped_column(String(200))
    grams: Mapped[int]


class TitleTaken(Exception):
    """There is a recipe with this title already."""


class NoSuchRecipe(LookupError):
    """There is no recipe with this title."""


async def add_recipe(
    engine: AsyncEngine, title: str, servings: int, ingredients: Mapping[str, int]
) -> int:
    rows = [{"name": name, "grams": grams} for name, grams in ingredients.items()]
    statement = insert(Recipe).values(title=title, servings=servings).returning(Recipe.id)
    async with engine.begin() as connection:
        try:
            recipe_id: int = (await connection.execute(statement)).scalar_one()
        except IntegrityError as error:
            raise TitleTaken(title) from error
        if rows:
            await connection.execute(insert(Ingredient).values(recipe_id=recipe_id), rows)
    return recipe_id


async def titles(engine: AsyncEngine) -> list[str]:
    async with engine.connect() as connection:
        return sorted((await connection.execute(select(Recipe.title))).scalars())


async def amounts(engine: AsyncEngine, title: str, guests: int) -> dict[str, int]:
    statement = (
        select(Recipe.servings, Ingredient.name, Ingredient.grams)
        .outerjoin(Ingredient, Ingredient.recipe_id == Recipe.id)
        .where(Recipe.title == title)
    )
    async with engine.connect() as connection:
        rows = (await connection.execute(statement)).all()
    if not rows:
        raise NoSuchRecipe(title)
    return {name: round(grams * guests / servings) for servings, name, grams in rows if name}
