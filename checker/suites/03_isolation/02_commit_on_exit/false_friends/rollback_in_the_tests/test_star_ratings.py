"""What ratings do, seen in the rows that they leave."""

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Rating
from star_ratings import UnknownItem, average, rate

pytestmark = pytest.mark.asyncio


async def stored(session: AsyncSession) -> list[tuple[str, str, int]]:
    """All ratings, as (item, user, stars), sorted."""
    found = await session.execute(select(Rating.item_code, Rating.user, Rating.stars))
    return sorted((item, user, stars) for item, user, stars in found)


async def test_a_rating_is_stored_once(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)

    assert await stored(session) == [("lamp", "Kim", 4)]
    await session.rollback()


async def test_a_second_rating_replaces_the_first(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 2)
    await rate(session, "lamp", "Kim", 5)

    assert await stored(session) == [("lamp", "Kim", 5)]
    await session.rollback()


async def test_other_users_and_items_are_left_alone(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 1)
    await rate(session, "lamp", "Robin", 2)
    await rate(session, "rug", "Kim", 3)

    await rate(session, "lamp", "Kim", 5)

    expected = [("lamp", "Kim", 5), ("lamp", "Robin", 2), ("rug", "Kim", 3)]
    assert await stored(session) == expected
    await session.rollback()


@pytest.mark.parametrize("stars", [1, 5])
async def test_one_and_five_stars_are_fine(session: AsyncSession, stars: int) -> None:
    await rate(session, "lamp", "Kim", stars)

    assert await stored(session) == [("lamp", "Kim", stars)]
    await session.rollback()


@pytest.mark.parametrize("stars", [0, 6])
async def test_other_numbers_of_stars_change_nothing(session: AsyncSession, stars: int) -> None:
    await rate(session, "lamp", "Kim", 3)

    with pytest.raises(ValueError):
        await rate(session, "lamp", "Kim", stars)

    assert await stored(session) == [("lamp", "Kim", 3)]
    await session.rollback()


async def test_an_unknown_item_is_refused(session: AsyncSession) -> None:
    with pytest.raises(UnknownItem):
        await rate(session, "unicorn", "Kim", 3)

    assert await stored(session) == []
    await session.rollback()


async def test_the_commit_is_left_to_the_caller(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)

    assert session.in_transaction()
    await session.rollback()


async def test_the_average_is_the_mean_of_the_items_stars(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)
    await rate(session, "lamp", "Robin", 5)
    await rate(session, "rug", "Robin", 1)

    assert await average(session, "lamp") == 4.5
    await session.rollback()


async def test_an_item_without_ratings_has_no_average(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)

    assert await average(session, "rug") is None
    await session.rollback()
