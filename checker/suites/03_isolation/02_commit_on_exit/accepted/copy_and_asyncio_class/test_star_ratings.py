import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop_database import Rating
from star_ratings import UnknownItem, average, rate


async def all_ratings(session: AsyncSession) -> dict[tuple[str, str], list[int]]:
    """The stars of each item and user: a list, because there might be one too many."""
    found: dict[tuple[str, str], list[int]] = {}
    for rating in await session.scalars(select(Rating).order_by(Rating.id)):
        found.setdefault((rating.item_code, rating.user), []).append(rating.stars)
    return found


@pytest.mark.asyncio
class TestRate:
    async def test_each_user_has_one_rating_an_item(self, session: AsyncSession) -> None:
        for item, user, stars in [("lamp", "a", 1), ("lamp", "b", 2), ("rug", "a", 3)]:
            await rate(session, item, user, stars)
        await rate(session, "lamp", "a", 5)
        assert await all_ratings(session) == {
            ("lamp", "a"): [5],
            ("lamp", "b"): [2],
            ("rug", "a"): [3],
        }

    async def test_too_few_stars(self, session: AsyncSession) -> None:
        await rate(session, "lamp", "a", 3)
        with pytest.raises(ValueError):
            await rate(session, "lamp", "a", 0)
        assert await all_ratings(session) == {("lamp", "a"): [3]}

    async def test_too_many_stars(self, session: AsyncSession) -> None:
        await rate(session, "lamp", "a", 3)
        with pytest.raises(ValueError):
            await rate(session, "lamp", "a", 6)
        assert await all_ratings(session) == {("lamp", "a"): [3]}

    async def test_not_in_the_catalogue(self, session: AsyncSession) -> None:
        with pytest.raises(UnknownItem):
            await rate(session, "teapot", "a", 5)
        assert await all_ratings(session) == {}

    async def test_rolled_back_by_the_caller(self, session: AsyncSession) -> None:
        await rate(session, "lamp", "a", 5)
        await session.rollback()
        assert await all_ratings(session) == {}


@pytest.mark.asyncio
class TestAverage:
    async def test_of_two(self, session: AsyncSession) -> None:
        await rate(session, "lamp", "a", 5)
        await rate(session, "lamp", "b", 4)
        await rate(session, "rug", "b", 1)
        assert await average(session, "lamp") == 4.5

    async def test_of_none(self, session: AsyncSession) -> None:
        await rate(session, "rug", "a", 1)
        assert await average(session, "lamp") is None
