"""What is not given is believable."""

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


async def test_values_are_believable(make_answer: Make) -> None:
    for _ in range(12):
        answer = await make_answer()
        assessment = answer.assessment
        assert 0 <= answer.points <= 5
        assert assessment.status == "submitted"
        assert assessment.title.strip()
        assert assessment.candidate.name.strip()
        assert "@" in assessment.candidate.email
