"""A test rolls back, and goes on with its session."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Rating
from star_ratings import average, rate

pytestmark = pytest.mark.asyncio


async def test_goes_on_after_a_rollback(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await session.rollback()
    assert await average(session, "lamp") is None

    await rate(session, "lamp", "Kim", 2)
    assert await average(session, "lamp") == 2


async def test_finds_no_rating(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Rating)) == 0
