"""A row above is made when none is given."""

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


async def test_an_assessment_makes_a_candidate(
    session: AsyncSession, make_assessment: Make
) -> None:
    one = await make_assessment()
    two = await make_assessment()

    assert isinstance(one.candidate, Candidate)
    assert one.candidate_id == one.candidate.id != two.candidate_id
    assert await counts(session) == (2, 2, 0)


async def test_an_answer_makes_an_assessment(session: AsyncSession, make_answer: Make) -> None:
    one = await make_answer()
    two = await make_answer()

    assert isinstance(one.assessment, Assessment)
    assert one.assessment_id != two.assessment_id
    assert one.assessment.candidate_id != two.assessment.candidate_id
    assert await counts(session) == (2, 2, 2)
