"""A refused flush, a rollback, a commit: the session works on, and nothing leaks."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from grading import start
from question_bank import Answer, Assessment

pytestmark = pytest.mark.asyncio


async def test_commits_again_after_an_error(session: AsyncSession) -> None:
    assessment_id = (await start(session, "Robin")).id
    session.add_all(Answer(assessment_id=assessment_id, question_code="Q1", points=n) for n in (1, 2))
    with pytest.raises(IntegrityError):
        await session.flush()
    await session.rollback()

    await start(session, "Sam")

    assert list(await session.scalars(select(Assessment.candidate).order_by(Assessment.id))) == ["Robin", "Sam"]
    assert list(await session.scalars(select(Answer.id))) == []


async def test_nothing_is_left(session: AsyncSession) -> None:
    assert list(await session.scalars(select(Assessment.candidate))) == []


async def test_leaves_an_error_behind(session: AsyncSession) -> None:
    await start(session, "Robin")
    session.add(Assessment(id=1, candidate=None))
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_does_not_inherit_the_error(session: AsyncSession) -> None:
    assert list(await session.scalars(select(Assessment.candidate))) == []
