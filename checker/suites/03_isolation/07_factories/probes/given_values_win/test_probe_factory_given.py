"""What is given is used as it is, falsy values included."""

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


async def test_given_values_are_used(
    make_candidate: Make, make_assessment: Make, make_answer: Make
) -> None:
    candidate = await make_candidate(name="Kim", email="kim@example.org")
    assessment = await make_assessment(candidate=candidate, title="SQL", status="open")
    answer = await make_answer(assessment=assessment, points=4)

    assert (candidate.name, candidate.email) == ("Kim", "kim@example.org")
    assert (assessment.candidate, assessment.title, assessment.status) == (candidate, "SQL", "open")
    assert (answer.assessment, answer.points) == (assessment, 4)


async def test_falsy_values_are_used(
    make_candidate: Make, make_assessment: Make, make_answer: Make
) -> None:
    assert (await make_candidate(name="")).name == ""
    assert (await make_candidate(email="")).email == ""
    assert (await make_assessment(title="")).title == ""
    assert (await make_assessment(status="")).status == ""
    for _ in range(3):
        assert (await make_answer(points=0)).points == 0


async def test_one_given_value_leaves_the_others_made_up(make_candidate: Make) -> None:
    kim = await make_candidate(name="Kim")
    other_kim = await make_candidate(name="Kim")

    assert kim.name == other_kim.name == "Kim"
    assert kim.email != other_kim.email
