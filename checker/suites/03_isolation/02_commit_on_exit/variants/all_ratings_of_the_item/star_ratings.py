"""Ratings: those of an item are loaded as a dict by user."""

from statistics import fmean

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Item, Rating


class UnknownItem(LookupError):
    """The shop sells nothing with this code."""

    def __init__(self, code: str) -> None:
        super().__init__(f"unknown item: {code}")


async def _by_user(session: AsyncSession, item_code: str) -> dict[str, Rating]:
    found = await session.scalars(select(Rating).filter_by(item_code=item_code))
    return {rating.user: rating for rating in found}


async def rate(session: AsyncSession, item_code: str, user: str, stars: int) -> None:
    if stars < 1 or stars > 5:
        raise ValueError(f"{stars} stars")
    codes = await session.scalars(select(Item.code))
    if item_code not in set(codes):
        raise UnknownItem(item_code)
    ratings = await _by_user(session, item_code)
    rating = ratings.get(user) or Rating(item_code=item_code, user=user)
    rating.stars = stars
    session.add(rating)
    await session.flush()


async def average(session: AsyncSession, item_code: str) -> float | None:
    ratings = await _by_user(session, item_code)
    if not ratings:
        return None
    return fmean(rating.stars for rating in ratings.values())
