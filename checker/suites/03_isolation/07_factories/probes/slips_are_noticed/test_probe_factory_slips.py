"""A keyword that the row does not have is a TypeError."""

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


async def test_an_unknown_keyword_is_refused(
    make_candidate: Make, make_assessment: Make, make_answer: Make
) -> None:
    for make in (make_candidate, make_assessment, make_answer):
        with pytest.raises(TypeError):
            await make(tittle="SQL")
