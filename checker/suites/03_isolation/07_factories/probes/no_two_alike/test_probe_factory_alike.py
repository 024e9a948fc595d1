"""150 rows of each, and no made-up name, address or title twice."""

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


async def test_no_two_are_alike(
    make_candidate: Make, make_assessment: Make, make_answer: Make
) -> None:
    assessments = [await make_assessment() for _ in range(90)]
    assessments += [(await make_answer()).assessment for _ in range(60)]
    candidates = [assessment.candidate for assessment in assessments]

    assert len({assessment.title for assessment in assessments}) == 150
    assert len({candidate.name for candidate in candidates}) == 150
    assert len({candidate.email for candidate in candidates}) == 150


async def test_no_two_candidates_are_alike(make_candidate: Make) -> None:
    candidates = [await make_candidate() for _ in range(150)]

    assert len({candidate.name for candidate in candidates}) == 150
    assert len({candidate.email for candidate in candidates}) == 150
