"""Sittings of an assessment: start one, import its answers, grade it."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from question_bank import Answer, Assessment, GradingAttempt, Question


class Unanswered(Exception):
    """The assessment cannot be graded: some questions of the bank have no answer."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(f"no answer to {', '.join(codes)}")
        self.codes = codes


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many answers were stored, and which question codes were refused as duplicates."""

    stored: int
    refused: list[str]


async def start(session: AsyncSession, candidate: str) -> Assessment:
    """Open an assessment for `candidate`, and commit it."""
    assessment = Assessment(candidate=candidate)
    session.add(assessment)
    await session.commit()
    return assessment


async def import_answers(
    session: AsyncSession, assessment_id: int, rows: Iterable[tuple[str, int]]
) -> ImportReport:
    """Store each (question code, points) and commit. A second answer to a question is refused."""
    stored = 0
    refused: list[str] = []
    for code, points in rows:
        try:
            async with session.begin_nested():
                session.add(Answer(assessment_id=assessment_id, question_code=code, points=points))
        except IntegrityError:
            refused.append(code)
        else:
            stored += 1
    await session.commit()
    return ImportReport(stored, refused)


async def grade(session: AsyncSession, assessment_id: int) -> int:
    """Grade the assessment, commit, and return its score.

    The attempt is on record in any case. `Unanswered` rolls back all that came after it.
    """
    session.add(GradingAttempt(assessment_id=assessment_id))
    await session.commit()
    assessment = await session.get_one(Assessment, assessment_id)
    assessment.status = "graded"
    await session.flush()
    points = await _points(session, assessment_id)
    missing = [code for code in await _codes(session) if code not in points]
    if missing:
        await session.rollback()
        raise Unanswered(missing)
    assessment.score = sum(points.values())
    await session.commit()
    return assessment.score


async def attempts(session: AsyncSession, assessment_id: int) -> int:
    """How often somebody asked to grade this assessment."""
    statement = select(func.count()).where(GradingAttempt.assessment_id == assessment_id)
    return await session.scalar(statement) or 0


async def _codes(session: AsyncSession) -> list[str]:
    return list(await session.scalars(select(Question.code).order_by(Question.code)))


async def _points(session: AsyncSession, assessment_id: int) -> dict[str, int]:
    statement = select(Answer.question_code, Answer.points).where(Answer.assessment_id == assessment_id)
    return {code: points for code, points in await session.execute(statement)}
