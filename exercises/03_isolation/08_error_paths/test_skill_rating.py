import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment
from skill_rating import calculate_rating


@pytest.mark.asyncio
async def test_calculates_a_rating(session: AsyncSession) -> None:
    session.add(Assessment(id=1, tenant="bakery"))
    session.add_all(Answer(assessment_id=1, value=4) for _ in range(3))
    await session.commit()

    rating = await calculate_rating(session, "bakery", 1)

    assert 1 <= rating.value <= 5
