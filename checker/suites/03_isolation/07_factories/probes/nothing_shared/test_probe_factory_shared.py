"""What a test made is not there in the next one."""

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


async def test_makes_and_commits(session: AsyncSession, make_answer: Make) -> None:
    await make_answer()
    await session.commit()


async def test_finds_nothing(session: AsyncSession) -> None:
    assert await counts(session) == (0, 0, 0)


async def test_fails_after_making(session: AsyncSession, make_answer: Make) -> None:
    await make_answer()
    await session.commit()
    pytest.fail("this test is meant to fail")


async def test_finds_nothing_again(session: AsyncSession) -> None:
    assert await counts(session) == (0, 0, 0)


async def test_a_changed_row_changes_no_later_one(make_assessment: Make) -> None:
    assessment = await make_assessment()
    assessment.status = "open"
    assessment.candidate.name = "somebody else"

    later = await make_assessment()

    assert (later.status, later.candidate.name == "somebody else") == ("submitted", False)
