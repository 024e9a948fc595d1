"""What the grading service does. These tests are given; they use the `session` of conftest.py."""

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from grading import ImportReport, Unanswered, grade, import_answers, start
from question_bank import Assessment

FULL_MARKS = [("Q1", 2), ("Q2", 3), ("Q3", 5)]


@pytest.mark.asyncio
async def test_a_full_sitting_is_graded(session: AsyncSession) -> None:
    assessment = await start(session, "Robin")
    await import_answers(session, assessment.id, FULL_MARKS)

    score = await grade(session, assessment.id)

    assert score == 10
    stored = await session.get_one(Assessment, assessment.id, populate_existing=True)
    assert (stored.candidate, stored.status, stored.score) == ("Robin", "graded", 10)


@pytest.mark.asyncio
async def test_a_second_answer_to_a_question_is_refused(session: AsyncSession) -> None:
    assessment = await start(session, "Robin")

    report = await import_answers(session, assessment.id, [("Q1", 2), ("Q1", 0), ("Q2", 3), ("Q3", 0)])

    assert report == ImportReport(stored=3, refused=["Q1"])
    assert await grade(session, assessment.id) == 5


@pytest.mark.asyncio
async def test_an_unanswered_question_stops_the_grading(session: AsyncSession) -> None:
    assessment = await start(session, "Robin")
    assessment_id = assessment.id  # a rollback expires the object, so its id is kept
    await import_answers(session, assessment_id, [("Q1", 2), ("Q3", 5)])

    with pytest.raises(Unanswered, match="Q2") as caught:
        await grade(session, assessment_id)

    assert caught.value.codes == ["Q2"]
