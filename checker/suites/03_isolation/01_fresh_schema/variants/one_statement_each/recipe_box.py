"""A recipe box: a shelf object with a session factory; ingredients hang on their recipe."""

from collections.abc import Mapping

from sqlalchemy import ForeignKey, exists, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship, selectinload


class Base(DeclarativeBase):
    """The tables of the recipe box."""


class Recipe(Base):
    """A recipe for a number of servings. No two recipes have the same title."""

    __tablename__ = "recipes"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(unique=True)
    servings: Mapped[int]
    ingredients: Mapped[list["Ingredient"]] = relationship()


class Ingredient(Base):
    """So many grams of something, for all servings of a recipe together."""

    __tablename__ = "ingredients"
    id: Mapped[int] = mapped_column(primary_key=True)
    recipe_id: Mapped[int] = mapped_column(ForeignKey("recipes.id"))
    name: Mapped[str]
    grams: Mapped[int]

    def portion(self, guests: int, servings: int) -> int:
        return round(self.grams * guests / servings)


class TitleTaken(Exception):
    """There is a recipe with this title already."""


class NoSuchRecipe(LookupError):
    """There is no recipe with this title."""


class _Shelf:
    """All recipes behind one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)

    async def put(self, recipe: Recipe) -> int:
        async with self.sessions.begin() as session:
            if await session.scalar(select(exists().where(Recipe.title == recipe.title))):
                raise TitleTaken(recipe.title)
            session.add(recipe)
        return recipe.id

    async def all(self) -> list[Recipe]:
        async with self.sessions() as session:
            found = select(Recipe).options(selectinload(Recipe.ingredients))
            return list(await session.scalars(found.order_by(Recipe.title)))


async def add_recipe(
    engine: AsyncEngine, title: str, servings: int, ingredients: Mapping[str, int]
) -> int:
    parts = [Ingredient(name=name, grams=grams) for name, grams in ingredients.items()]
    return await _Shelf(engine).put(Recipe(title=title, servings=servings, ingredients=parts))


async def titles(engine: AsyncEngine) -> list[str]:
    return [recipe.title for recipe in await _Shelf(engine).all()]


async def amounts(engine: AsyncEngine, title: str, guests: int) -> dict[str, int]:
    for recipe in await _Shelf(engine).all():
        if recipe.title == title:
            return {
                part.name: part.portion(guests, recipe.servings) for part in recipe.ingredients
            }
    raise NoSuchRecipe(title)
