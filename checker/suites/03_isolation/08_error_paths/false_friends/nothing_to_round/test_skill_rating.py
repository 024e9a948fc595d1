"""Which rating a team gets, and when it gets none."""

from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment
from skill_rating import RatingRefused, SkillRating, calculate_rating

pytestmark = pytest.mark.asyncio


async def store(
    session: AsyncSession,
    *values: int,
    drafts: tuple[int, ...] = (),
    tenant: str = "bakery",
    closed: bool = True,
) -> int:
    """Store an assessment with its answers, and return its id."""
    assessment = Assessment(tenant=tenant, closed=closed)
    session.add(assessment)
    await session.flush()
    for value in values:
        session.add(Answer(assessment_id=assessment.id, value=value))
    for value in drafts:
        session.add(Answer(assessment_id=assessment.id, value=value, draft=True))
    await session.commit()
    return assessment.id


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param((4, 4, 4), "4.0", id="all-alike"),
        pytest.param((4, 4, 4, 4, 5), "4.2", id="five-answers"),
        pytest.param((3, 4, 3, 4), "3.5", id="four-answers"),
    ],
)
async def test_the_rating_is_the_mean_in_tenths(
    session: AsyncSession, values: tuple[int, ...], expected: str
) -> None:
    assessment_id = await store(session, *values)

    rating = await calculate_rating(session, "bakery", assessment_id)

    assert rating == SkillRating(Decimal(expected), len(values))
    assert isinstance(rating.value, Decimal)


async def test_drafts_do_not_count(session: AsyncSession) -> None:
    assessment_id = await store(session, 4, 4, 4, drafts=(1, 1))

    rating = await calculate_rating(session, "bakery", assessment_id)

    assert (rating.value, rating.answers) == (Decimal("4.0"), 3)


async def test_other_assessments_do_not_count(session: AsyncSession) -> None:
    await store(session, 1, 1, 1)
    assessment_id = await store(session, 4, 4, 4)
    await store(session, 1, 1, 1, tenant="brewery")

    rating = await calculate_rating(session, "bakery", assessment_id)

    assert (rating.value, rating.answers) == (Decimal("4.0"), 3)


async def test_an_unknown_assessment_is_refused(session: AsyncSession) -> None:
    assessment_id = await store(session, 4, 4, 4)

    with pytest.raises(RatingRefused, match=r"^No such assessment$"):
        await calculate_rating(session, "bakery", assessment_id + 1)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("values", [(), (4, 4), (4, 4, 4)], ids=["none", "two", "three"])
async def test_another_tenants_assessment_is_not_told_of(
    session: AsyncSession, values: tuple[int, ...], closed: bool
) -> None:
    assessment_id = await store(session, *values, tenant="brewery", closed=closed)

    with pytest.raises(RatingRefused, match=r"^No such assessment$"):
        await calculate_rating(session, "bakery", assessment_id)


@pytest.mark.parametrize("values", [(), (4, 4), (4, 4, 4)], ids=["none", "two", "three"])
async def test_an_open_assessment_is_refused(
    session: AsyncSession, values: tuple[int, ...]
) -> None:
    assessment_id = await store(session, *values, closed=False)

    with pytest.raises(RatingRefused, match=r"^Assessment is still open$"):
        await calculate_rating(session, "bakery", assessment_id)


@pytest.mark.parametrize("drafts", [(), (4, 4, 4)], ids=["nothing", "drafts-only"])
async def test_no_answers_are_refused(session: AsyncSession, drafts: tuple[int, ...]) -> None:
    assessment_id = await store(session, drafts=drafts)

    with pytest.raises(RatingRefused, match=r"^No answers found$"):
        await calculate_rating(session, "bakery", assessment_id)


@pytest.mark.parametrize("values", [(4,), (4, 4)], ids=["one", "two"])
async def test_too_few_answers_are_refused(
    session: AsyncSession, values: tuple[int, ...]
) -> None:
    await store(session, 4, 4, 4)
    assessment_id = await store(session, *values, drafts=(4, 4))

    with pytest.raises(RatingRefused, match=rf"^{len(values)} of 3 answers found$"):
        await calculate_rating(session, "bakery", assessment_id)
