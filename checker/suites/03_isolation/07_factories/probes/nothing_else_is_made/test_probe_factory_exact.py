"""When the row above is given, no other is made; nothing else ever is."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from skill_tables import Answer, Assessment, Candidate

pytestmark = pytest.mark.asyncio

Make = Callable[..., Awaitable[Any]]


async def counts(session: AsyncSession) -> tuple[int, ...]:
    """How many candidates, assessments and answers there are."""
    found = [await session.scalar(select(func.count(t.id))) for t in (Candidate, Assessment, Answer)]
    return tuple(number or 0 for number in found)


async def test_a_candidate_is_one_row(session: AsyncSession, make_candidate: Make) -> None:
    await make_candidate()
    assert await counts(session) == (1, 0, 0)


async def test_the_given_candidate_is_used(
    session: AsyncSession, make_candidate: Make, make_assessment: Make
) -> None:
    candidate = await make_candidate()
    for _ in range(2):
        assert (await make_assessment(candidate=candidate)).candidate_id == candidate.id
    assert await counts(session) == (1, 2, 0)


async def test_the_given_assessment_is_used(
    session: AsyncSession, make_assessment: Make, make_answer: Make
) -> None:
    assessment = await make_assessment()
    for _ in range(2):
        assert (await make_answer(assessment=assessment)).assessment_id == assessment.id
    assert await counts(session) == (1, 1, 2)


async def test_asking_for_all_makes_nothing(
    session: AsyncSession, make_candidate: Make, make_assessment: Make, make_answer: Make
) -> None:
    assert await counts(session) == (0, 0, 0)
