"""A recipe box: recipes, what goes into them, and amounts for any number of guests.

Each function opens a session of its own on the engine that it is given, and commits what it wrote.
"""

from collections.abc import Mapping

from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the recipe box."""


class Recipe(Base):
    """A recipe for a number of servings. No two recipes have the same title."""

    __tablename__ = "recipes"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    servings: Mapped[int]


class Ingredient(Base):
    """So many grams of something, for all servings of a recipe together."""

    __tablename__ = "ingredients"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipe_id: Mapped[int] = mapped_column(ForeignKey("recipes.id"))
    name: Mapped[str]
    grams: Mapped[int]


class TitleTaken(Exception):
    """There is a recipe with this title already."""


class NoSuchRecipe(LookupError):
    """There is no recipe with this title."""


async def add_recipe(
    engine: AsyncEngine, title: str, servings: int, ingredients: Mapping[str, int]
) -> int:
    """Store a recipe with its ingredients (grams by name) and return its id."""
    async with AsyncSession(engine) as session:
        recipe = Recipe(title=title, servings=servings)
        session.add(recipe)
        try:
            await session.flush()
        except IntegrityError as error:
            raise TitleTaken(title) from error
        recipe_id = recipe.id
        for name, grams in ingredients.items():
            session.add(Ingredient(recipe_id=recipe_id, name=name, grams=grams))
        await session.commit()
    return recipe_id


async def titles(engine: AsyncEngine) -> list[str]:
    """All titles, in alphabetical order."""
    async with AsyncSession(engine) as session:
        return list(await session.scalars(select(Recipe.title).order_by(Recipe.title)))


async def amounts(engine: AsyncEngine, title: str, guests: int) -> dict[str, int]:
    """Grams by ingredient for so many guests, rounded to whole grams."""
    async with AsyncSession(engine) as session:
        recipe = await session.scalar(select(Recipe).where(Recipe.title == title))
        if recipe is None:
            raise NoSuchRecipe(title)
        found = await session.scalars(select(Ingredient).where(Ingredient.recipe_id == recipe.id))
        return {each.name: round(each.grams * guests / recipe.servings) for each in found}
