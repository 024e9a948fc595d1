"""Ratings: a row that is there already is changed in place."""

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Item, Rating


class UnknownItem(LookupError):
    """The shop sells nothing with this code."""


ALLOWED = frozenset(range(1, 6))


async def rate(session: AsyncSession, item_code: str, user: str, stars: int) -> None:
    if not await session.scalar(select(exists().where(Item.code == item_code))):
        raise UnknownItem(f"no item {item_code!r}")
    if stars not in ALLOWED:
        raise ValueError("one to five stars, please")
    mine = select(Rating).where(Rating.item_code == item_code, Rating.user == user)
    rating = await session.scalar(mine)
    if rating is not None:
        rating.stars = stars
        return
    session.add(Rating(item_code=item_code, user=user, stars=stars))


async def average(session: AsyncSession, item_code: str) -> float | None:
    found = await session.scalars(select(Rating.stars).where(Rating.item_code == item_code))
    stars = list(found)
    return sum(stars) / len(stars) if stars else None
