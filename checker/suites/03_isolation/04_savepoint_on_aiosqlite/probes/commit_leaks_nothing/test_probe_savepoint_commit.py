"""One test commits, once and several times; the next starts from an empty table."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from grading import attempts, grade, import_answers, start
from question_bank import Answer, Assessment, GradingAttempt

pytestmark = pytest.mark.asyncio


async def count(session: AsyncSession, table: type) -> int:
    return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_commits_once(session: AsyncSession) -> None:
    await start(session, "Robin")
    assert await count(session, Assessment) == 1


async def test_finds_nothing_after_one_commit(session: AsyncSession) -> None:
    assert await count(session, Assessment) == 0


async def test_commits_several_times(session: AsyncSession) -> None:
    assessment = await start(session, "Robin")
    await import_answers(session, assessment.id, [("Q1", 2), ("Q2", 3), ("Q3", 5)])
    assert await grade(session, assessment.id) == 10
    assert await attempts(session, assessment.id) == 1


async def test_finds_nothing_after_several_commits(session: AsyncSession) -> None:
    assert [await count(session, table) for table in (Assessment, Answer, GradingAttempt)] == [0, 0, 0]


async def test_commits_nothing(session: AsyncSession) -> None:
    session.add(Assessment(candidate="Robin"))
    await session.flush()
    assert await count(session, Assessment) == 1


async def test_finds_nothing_after_a_flush(session: AsyncSession) -> None:
    assert await count(session, Assessment) == 0
