"""A test rewrites the question bank; the next finds it as loaded."""

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from question_bank import QUESTIONS, Question

pytestmark = pytest.mark.asyncio


async def bank(session: AsyncSession) -> dict[str, int]:
    return {code: points for code, points in await session.execute(select(Question.code, Question.max_points))}


async def test_finds_the_bank(session: AsyncSession) -> None:
    assert await bank(session) == QUESTIONS


async def test_rewrites_the_bank(session: AsyncSession) -> None:
    await session.execute(delete(Question).where(Question.code == "Q2"))
    await session.commit()
    await session.execute(update(Question).where(Question.code == "Q1").values(max_points=99))
    session.add(Question(code="Q4", max_points=1))
    await session.commit()
    assert await bank(session) == {"Q1": 99, "Q3": 5, "Q4": 1}


async def test_finds_the_bank_as_loaded(session: AsyncSession) -> None:
    assert await bank(session) == QUESTIONS
