"""A factory returns a new row of its table, flushed and not committed."""

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


async def test_rows_have_ids(
    session: AsyncSession, make_candidate: Make, make_assessment: Make, make_answer: Make
) -> None:
    candidate = await make_candidate()
    assessment = await make_assessment(candidate=candidate)
    answer = await make_answer(assessment=assessment)

    for row, table in ((candidate, Candidate), (assessment, Assessment), (answer, Answer)):
        assert isinstance(row, table)
        assert row in session
        assert await session.scalar(select(table.id)) == row.id


async def test_a_rollback_takes_them_away(session: AsyncSession, make_answer: Make) -> None:
    await make_answer()

    await session.rollback()

    assert await counts(session) == (0, 0, 0)
