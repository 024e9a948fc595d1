"""The festival's ratings as statements."""

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Film(Base):
    __tablename__ = "films"
    code: Mapped[str] = mapped_column(primary_key=True)
    is_open: Mapped[bool] = mapped_column(default=True)


class Rating(Base):
    __tablename__ = "ratings"
    film: Mapped[str] = mapped_column(primary_key=True)
    visitor: Mapped[str] = mapped_column(primary_key=True)
    stars: Mapped[int]


def _mine(film, visitor):
    return (Rating.film == film) & (Rating.visitor == visitor)


async def put_rating(session, film, visitor, stars):
    changed = await session.execute(update(Rating).where(_mine(film, visitor)).values(stars=stars))
    if changed.rowcount:
        return False
    await session.execute(insert(Rating).values(film=film, visitor=visitor, stars=stars))
    return True


async def remove_rating(session, film, visitor):
    return (await session.execute(delete(Rating).where(_mine(film, visitor)))).rowcount == 1


async def add_ballots(session, film, ballots):
    voted = set(await session.scalars(select(Rating.visitor).where(Rating.film == film)))
    rows = [{"film": film, "visitor": who, "stars": stars} for who, stars in ballots if who not in voted]
    if rows:
        await session.execute(insert(Rating), rows)
    return [who for who, _ in ballots if who in voted]
