import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Rating
from star_ratings import UnknownItem, average, rate


async def count(session: AsyncSession) -> int:
    return await session.scalar(select(func.count(Rating.id))) or 0


@pytest.mark.asyncio
@pytest.mark.parametrize("stars", range(1, 6))
async def test_stores_a_rating(session: AsyncSession, stars: int) -> None:
    await rate(session, "kettle", "Sam", stars)

    rating = (await session.scalars(select(Rating))).one()
    assert (rating.item_code, rating.user, rating.stars) == ("kettle", "Sam", stars)


@pytest.mark.asyncio
@pytest.mark.parametrize("stars", [-1, 0, 6, 50])
async def test_refuses_stars(session: AsyncSession, stars: int) -> None:
    await rate(session, "kettle", "Sam", 2)

    with pytest.raises(ValueError):
        await rate(session, "kettle", "Sam", stars)
    with pytest.raises(ValueError):
        await rate(session, "kettle", "Alex", stars)

    assert await count(session) == 1
    assert await average(session, "kettle") == 2


@pytest.mark.asyncio
async def test_refuses_an_unknown_item(session: AsyncSession) -> None:
    with pytest.raises(UnknownItem):
        await rate(session, "submarine", "Sam", 5)

    assert await count(session) == 0


@pytest.mark.asyncio
async def test_changes_a_rating(session: AsyncSession) -> None:
    await rate(session, "kettle", "Sam", 1)
    await rate(session, "kettle", "Sam", 4)

    assert await count(session) == 1
    assert await average(session, "kettle") == 4


@pytest.mark.asyncio
async def test_keeps_users_and_items_apart(session: AsyncSession) -> None:
    await rate(session, "kettle", "Sam", 1)
    await rate(session, "kettle", "Alex", 4)
    await rate(session, "lamp", "Sam", 5)

    assert await count(session) == 3
    assert await average(session, "kettle") == pytest.approx(2.5)
    assert await average(session, "lamp") == 5
    assert await average(session, "rug") is None


@pytest.mark.asyncio
async def test_does_not_commit(session: AsyncSession) -> None:
    await rate(session, "kettle", "Sam", 3)
    await session.rollback()
    assert await count(session) == 0
