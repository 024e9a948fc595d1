import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Assessment
from skill_rating import calculate_rating

pytestmark = pytest.mark.asyncio


async def refusal(session: AsyncSession, tenant: str, number: int) -> str:
    session.add(Assessment(id=1, tenant="bakery"))
    await session.flush()
    with pytest.raises(ValueError) as error:
        await calculate_rating(session, tenant, number)
    return str(error.value)


async def test_asks_for_a_part_of_the_message(session: AsyncSession) -> None:
    assert "No answers found" in await refusal(session, "bakery", 1)


async def test_asks_for_the_whole_message(session: AsyncSession) -> None:
    assert await refusal(session, "bakery", 1) == "No answers found"


async def test_unknown_in_part(session: AsyncSession) -> None:
    assert "No such assessment" in await refusal(session, "bakery", 2)


async def test_foreign_in_part(session: AsyncSession) -> None:
    assert "No such assessment" in await refusal(session, "mill", 1)
