from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment
from skill_rating import RatingRefused, SkillRating, calculate_rating

pytestmark = pytest.mark.asyncio


async def two_tenants(session: AsyncSession, *, values: list[int], closed: bool = True) -> None:
    """Assessment 1 belongs to a, assessment 2 to b; both have the same answers, and 2 a bad one."""
    await session.execute(
        insert(Assessment),
        [{"id": 1, "tenant": "a", "closed": closed}, {"id": 2, "tenant": "b", "closed": closed}],
    )
    rows = [
        {"assessment_id": owner, "value": value, "draft": False}
        for owner in (1, 2)
        for value in values
    ]
    rows.append({"assessment_id": 2, "value": 1, "draft": False})
    await session.execute(insert(Answer), rows)


async def test_rating(session: AsyncSession) -> None:
    await two_tenants(session, values=[5, 4, 4, 4])
    assert await calculate_rating(session, "a", 1) == SkillRating(Decimal("4.3"), 4)
    assert await calculate_rating(session, "b", 2) == SkillRating(Decimal("3.6"), 5)


async def test_rounds_up_and_down(session: AsyncSession) -> None:
    await two_tenants(session, values=[5, 4, 4])
    assert (await calculate_rating(session, "a", 1)).value == Decimal("4.3")
    assert (await calculate_rating(session, "b", 2)).value == Decimal("3.5")


async def test_rounds_two_thirds_up(session: AsyncSession) -> None:
    await two_tenants(session, values=[5, 5, 4])
    assert (await calculate_rating(session, "a", 1)).value == Decimal("4.7")


async def test_drafts(session: AsyncSession) -> None:
    await two_tenants(session, values=[4, 4, 4])
    session.add(Answer(assessment_id=1, value=1, draft=True))
    assert await calculate_rating(session, "a", 1) == SkillRating(Decimal(4), 3)


async def test_only_drafts(session: AsyncSession) -> None:
    await two_tenants(session, values=[])
    session.add_all([Answer(assessment_id=1, value=v, draft=True) for v in (4, 4, 4)])
    with pytest.raises(RatingRefused, match="^No answers found$"):
        await calculate_rating(session, "a", 1)


async def test_none(session: AsyncSession) -> None:
    await two_tenants(session, values=[])
    with pytest.raises(RatingRefused, match="^No answers found$"):
        await calculate_rating(session, "a", 1)
    with pytest.raises(RatingRefused, match="^No such assessment$"):
        await calculate_rating(session, "b", 1)
    with pytest.raises(RatingRefused, match="^1 of 3 answers found$"):
        await calculate_rating(session, "b", 2)


async def test_two(session: AsyncSession) -> None:
    await two_tenants(session, values=[3, 3])
    session.add(Answer(assessment_id=1, value=3, draft=True))
    with pytest.raises(RatingRefused, match="^2 of 3 answers found$"):
        await calculate_rating(session, "a", 1)


@pytest.mark.parametrize(("tenant", "number"), [("a", 2), ("b", 1), ("a", 3), ("c", 1)])
@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("values", [[4], [4, 4, 4]])
async def test_not_yours(
    session: AsyncSession, tenant: str, number: int, closed: bool, values: list[int]
) -> None:
    await two_tenants(session, values=values, closed=closed)
    with pytest.raises(RatingRefused, match="^No such assessment$"):
        await calculate_rating(session, tenant, number)


@pytest.mark.parametrize("values", [[], [4], [4, 4, 4]])
async def test_open(session: AsyncSession, values: list[int]) -> None:
    await two_tenants(session, values=values, closed=False)
    with pytest.raises(RatingRefused, match="^Assessment is still open$"):
        await calculate_rating(session, "a", 1)
