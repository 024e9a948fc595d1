"""Ratings of what the shop sells: one to five stars, one rating for each user and item.

Neither function commits. The caller does, once for everything that a request has changed.
"""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Item, Rating


class UnknownItem(LookupError):
    """The shop sells nothing with this code."""


async def rate(session: AsyncSession, item_code: str, user: str, stars: int) -> None:
    """Store the user's rating of an item; a second one takes the place of the first."""
    if not 1 <= stars <= 5:
        raise ValueError(stars)
    if await session.get(Item, item_code) is None:
        raise UnknownItem(item_code)
    mine = delete(Rating).where(Rating.item_code == item_code, Rating.user == user)
    await session.execute(mine)
    session.add(Rating(item_code=item_code, user=user, stars=stars))


async def average(session: AsyncSession, item_code: str) -> float | None:
    """The mean of an item's stars, or None when nobody has rated it."""
    statement = select(func.avg(Rating.stars)).where(Rating.item_code == item_code)
    return await session.scalar(statement)
