"""The ratings of a film festival, in the database. Nothing is committed here: callers do that."""

from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the festival."""


class Film(Base):
    """A film of the competition. It can be rated while voting is open."""

    __tablename__ = "films"
    code: Mapped[str] = mapped_column(primary_key=True)
    is_open: Mapped[bool] = mapped_column(default=True)


class Rating(Base):
    """How many stars a visitor gave a film."""

    __tablename__ = "ratings"
    film: Mapped[str] = mapped_column(primary_key=True)
    visitor: Mapped[str] = mapped_column(primary_key=True)
    stars: Mapped[int]


async def put_rating(session: AsyncSession, film: str, visitor: str, stars: int) -> bool:
    """Add the visitor's rating of a film, or change it; whether it is a new one."""
    rating = await session.get(Rating, (film, visitor))
    if rating is not None:
        rating.stars = stars
        return False
    session.add(Rating(film=film, visitor=visitor, stars=stars))
    return True


async def remove_rating(session: AsyncSession, film: str, visitor: str) -> bool:
    """Remove the visitor's rating of a film; whether there was one."""
    rating = await session.get(Rating, (film, visitor))
    if rating is None:
        return False
    await session.delete(rating)
    return True


async def add_ballots(
    session: AsyncSession, film: str, ballots: Iterable[tuple[str, int]]
) -> list[str]:
    """Add a rating for each visitor who has none; the visitors who have one are returned."""
    refused = []
    for visitor, stars in ballots:
        if await session.get(Rating, (film, visitor)) is not None:
            refused.append(visitor)
        else:
            session.add(Rating(film=film, visitor=visitor, stars=stars))
            await session.flush()
    return refused
