"""A test rates an item and then fails; the next one starts clean."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Rating
from star_ratings import rate

pytestmark = pytest.mark.asyncio


async def test_fails_after_a_rating(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await session.flush()
    pytest.fail("this test is meant to fail")


async def test_starts_clean(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Rating)) == 0
