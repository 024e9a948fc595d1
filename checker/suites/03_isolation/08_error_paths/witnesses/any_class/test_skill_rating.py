import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Assessment
from skill_rating import calculate_rating


@pytest.mark.asyncio
async def test_asks_for_the_message_only(session: AsyncSession) -> None:
    session.add(Assessment(id=1, tenant="bakery"))
    await session.flush()
    with pytest.raises(ValueError, match="No answers found"):
        await calculate_rating(session, "bakery", 1)
