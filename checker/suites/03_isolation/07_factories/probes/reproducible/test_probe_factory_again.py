"""The same calls give the same values, whatever tests ran before."""

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


made: list[tuple[Any, ...]] = []


async def three(make_candidate: Make, make_answer: Make) -> tuple[Any, ...]:
    values: list[Any] = []
    for _ in range(3):
        candidate, answer = await make_candidate(), await make_answer()
        above = answer.assessment
        values += [candidate.name, candidate.email, answer.points, above.title]
        values += [above.candidate.name, above.candidate.email]
    return tuple(values)


async def test_makes_three(make_candidate: Make, make_answer: Make) -> None:
    made.append(await three(make_candidate, make_answer))


async def test_makes_some_others(make_candidate: Make, make_answer: Make) -> None:
    for _ in range(5):
        await make_candidate()
    await make_answer()


async def test_makes_the_same_three(make_candidate: Make, make_answer: Make) -> None:
    assert await three(make_candidate, make_answer) == made[0]
