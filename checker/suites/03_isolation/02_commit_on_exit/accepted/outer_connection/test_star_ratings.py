import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

import star_ratings

pytestmark = pytest.mark.asyncio


async def rows(session: AsyncSession) -> list[tuple[str, str, int]]:
    await session.flush()
    found = await session.execute(text("SELECT item_code, user, stars FROM ratings"))
    return sorted(tuple(row) for row in found)


@pytest_asyncio.fixture
async def rated(session: AsyncSession) -> AsyncSession:
    """Two users have rated the rug."""
    await star_ratings.rate(session, "rug", "Ada", 1)
    await star_ratings.rate(session, "rug", "Bo", 5)
    return session


RATED = [("rug", "Ada", 1), ("rug", "Bo", 5)]


async def test_stored(rated: AsyncSession) -> None:
    assert await rows(rated) == RATED


async def test_best_and_worst(session: AsyncSession) -> None:
    await star_ratings.rate(session, "lamp", "Ada", 1)
    await star_ratings.rate(session, "lamp", "Bo", 5)
    assert await rows(session) == [("lamp", "Ada", 1), ("lamp", "Bo", 5)]


async def test_rated_again(rated: AsyncSession) -> None:
    await star_ratings.rate(rated, "rug", "Bo", 2)
    assert await rows(rated) == [("rug", "Ada", 1), ("rug", "Bo", 2)]


async def test_another_item(rated: AsyncSession) -> None:
    await star_ratings.rate(rated, "lamp", "Bo", 3)
    assert await rows(rated) == [("lamp", "Bo", 3), *RATED]


async def test_stars_out_of_range(rated: AsyncSession) -> None:
    for stars in (0, 6):
        with pytest.raises(ValueError):
            await star_ratings.rate(rated, "rug", "Ada", stars)
    assert await rows(rated) == RATED


async def test_unknown(rated: AsyncSession) -> None:
    with pytest.raises(star_ratings.UnknownItem):
        await star_ratings.rate(rated, "piano", "Ada", 4)
    assert await rows(rated) == RATED


async def test_nothing_is_final(rated: AsyncSession) -> None:
    await rated.rollback()
    assert await rows(rated) == []


async def test_average(rated: AsyncSession) -> None:
    await star_ratings.rate(rated, "rug", "Cy", 4)
    await star_ratings.rate(rated, "lamp", "Cy", 1)
    assert await star_ratings.average(rated, "rug") == pytest.approx(10 / 3)


async def test_no_average(rated: AsyncSession) -> None:
    assert await star_ratings.average(rated, "lamp") is None
