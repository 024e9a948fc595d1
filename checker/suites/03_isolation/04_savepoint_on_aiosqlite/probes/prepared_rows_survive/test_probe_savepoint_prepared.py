"""A fixture prepares rows through `session`; a rollback in the test does not take them away."""

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from question_bank import Answer, Assessment

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def sitting(session: AsyncSession) -> int:
    assessment = Assessment(candidate="Robin")
    session.add(assessment)
    await session.commit()
    assert assessment.candidate == "Robin"  # readable after the commit
    session.add(Answer(assessment_id=assessment.id, question_code="Q1", points=1))
    await session.commit()
    return assessment.id


async def test_prepared_rows_outlive_a_rollback(session: AsyncSession, sitting: int) -> None:
    session.add(Answer(assessment_id=sitting, question_code="Q2", points=3))
    await session.flush()

    await session.rollback()

    assert list(await session.scalars(select(Answer.question_code))) == ["Q1"]
    assert list(await session.scalars(select(Assessment.candidate))) == ["Robin"]


async def test_they_are_prepared_anew(session: AsyncSession, sitting: int) -> None:
    assert list(await session.scalars(select(Assessment.id))) == [sitting]
