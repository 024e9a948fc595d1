import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from star_ratings import UnknownItem, average, rate

pytestmark = pytest.mark.asyncio


async def test_a_rating_counts(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)

    assert await average(session, "lamp") == 4


async def test_a_second_rating_replaces_the_first(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 2)
    await rate(session, "lamp", "Kim", 5)

    assert await average(session, "lamp") == 5


async def test_other_users_and_items_are_left_alone(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 1)
    await rate(session, "lamp", "Robin", 4)
    await rate(session, "rug", "Kim", 3)

    await rate(session, "lamp", "Kim", 5)

    assert await average(session, "lamp") == 4.5
    assert await average(session, "rug") == 3
    assert await average(session, "kettle") is None


@pytest.mark.parametrize("stars", [1, 5])
async def test_one_and_five_stars_are_fine(session: AsyncSession, stars: int) -> None:
    await rate(session, "lamp", "Kim", stars)

    assert await average(session, "lamp") == stars


@pytest.mark.parametrize("stars", [0, 6])
async def test_other_numbers_of_stars_change_nothing(session: AsyncSession, stars: int) -> None:
    await rate(session, "lamp", "Kim", 3)

    with pytest.raises(ValueError):
        await rate(session, "lamp", "Kim", stars)

    assert await average(session, "lamp") == 3


async def test_an_unknown_item_is_refused(session: AsyncSession) -> None:
    with pytest.raises(UnknownItem):
        await rate(session, "unicorn", "Kim", 3)

    assert await average(session, "unicorn") is None


async def test_the_commit_is_left_to_the_caller(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)

    await session.rollback()

    assert await average(session, "lamp") is None
