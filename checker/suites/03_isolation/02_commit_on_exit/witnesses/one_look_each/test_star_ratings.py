import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Rating
from star_ratings import UnknownItem, average, rate

pytestmark = pytest.mark.asyncio


async def test_counts_the_rows(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 2)
    await rate(session, "lamp", "Kim", 5)
    assert await session.scalar(select(func.count(Rating.id))) == 1


async def test_asks_for_the_error(session: AsyncSession) -> None:
    with pytest.raises(UnknownItem):
        await rate(session, "unicorn", "Kim", 3)


async def test_asks_for_a_mean(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await rate(session, "lamp", "Robin", 2)
    assert await average(session, "lamp") == 3
