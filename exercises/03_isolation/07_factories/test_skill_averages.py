"""What the averages service does. These tests are given; they use the factories of conftest.py."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from skill_averages import assessment_average, best_candidates, candidate_average
from skill_tables import Answer, Assessment, Candidate

MakeCandidate = Callable[..., Awaitable[Candidate]]
MakeAssessment = Callable[..., Awaitable[Assessment]]
MakeAnswer = Callable[..., Awaitable[Answer]]


@pytest.mark.asyncio
async def test_the_average_of_an_assessment(
    session: AsyncSession,
    make_candidate: MakeCandidate,
    make_assessment: MakeAssessment,
    make_answer: MakeAnswer,
) -> None:
    candidate = await make_candidate(name="Kim", email="kim@example.org")
    assessment = await make_assessment(candidate=candidate, title="Python", status="submitted")
    for points in (5, 4, 3):
        await make_answer(assessment=assessment, points=points)

    assert await assessment_average(session, assessment.id) == 4


@pytest.mark.asyncio
async def test_open_assessments_do_not_count(
    session: AsyncSession,
    make_candidate: MakeCandidate,
    make_assessment: MakeAssessment,
    make_answer: MakeAnswer,
) -> None:
    kim = await make_candidate(name="Kim", email="kim@example.org")
    submitted = await make_assessment(candidate=kim, title="Python", status="submitted")
    still_open = await make_assessment(candidate=kim, title="SQL", status="open")
    await make_answer(assessment=submitted, points=2)
    await make_answer(assessment=still_open, points=5)

    assert await candidate_average(session, kim.id) == 2


@pytest.mark.asyncio
async def test_the_best_come_first(
    session: AsyncSession,
    make_candidate: MakeCandidate,
    make_assessment: MakeAssessment,
    make_answer: MakeAnswer,
) -> None:
    for name, points in [("Kim", 2), ("Robin", 5), ("Sam", 3)]:
        candidate = await make_candidate(name=name, email=f"{name}@example.org")
        assessment = await make_assessment(candidate=candidate, title="Go", status="submitted")
        await make_answer(assessment=assessment, points=points)

    assert await best_candidates(session, 2) == ["Robin", "Sam"]
