"""The service commits, goes on, and rolls back: the commit stays, the rest is gone."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from grading import Unanswered, attempts, grade, import_answers, start
from question_bank import Assessment

pytestmark = pytest.mark.asyncio


async def test_the_attempt_is_on_record(session: AsyncSession) -> None:
    assessment_id = (await start(session, "Robin")).id
    await import_answers(session, assessment_id, [("Q1", 2)])

    with pytest.raises(Unanswered):
        await grade(session, assessment_id)

    assert await attempts(session, assessment_id) == 1
    stored = await session.get_one(Assessment, assessment_id, populate_existing=True)
    assert (stored.candidate, stored.status, stored.score) == ("Robin", "open", None)


async def test_nothing_of_it_is_left(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Assessment)) == 0


async def test_what_was_only_flushed_is_gone(session: AsyncSession) -> None:
    await start(session, "Robin")
    session.add(Assessment(candidate="Sam"))
    await session.flush()

    await session.rollback()

    assert list(await session.scalars(select(Assessment.candidate))) == ["Robin"]


async def test_two_commits_and_two_rollbacks(session: AsyncSession) -> None:
    for candidate in ("Robin", "Sam"):
        await start(session, candidate)
        session.add(Assessment(candidate="nobody"))
        await session.flush()
        await session.rollback()

    assert list(await session.scalars(select(Assessment.candidate).order_by(Assessment.id))) == ["Robin", "Sam"]


async def test_nothing_is_left_in_the_end(session: AsyncSession) -> None:
    assert await session.scalar(select(func.count()).select_from(Assessment)) == 0
