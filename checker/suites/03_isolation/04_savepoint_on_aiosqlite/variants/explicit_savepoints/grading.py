"""Sittings of an assessment; savepoints are handled by hand, and grading fails late."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from question_bank import Answer, Assessment, GradingAttempt, Question


class Unanswered(Exception):
    """The assessment cannot be graded: some questions of the bank have no answer."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes

    def __str__(self) -> str:
        return f"no answer to {', '.join(self.codes)}"


class ImportReport(NamedTuple):
    stored: int
    refused: list[str]


class _Sitting:
    """One assessment, seen through a session."""

    def __init__(self, session: AsyncSession, assessment_id: int) -> None:
        self.session = session
        self.id = assessment_id

    async def add(self, code: str, points: int) -> bool:
        savepoint = await self.session.begin_nested()
        self.session.add(Answer(assessment_id=self.id, question_code=code, points=points))
        try:
            await self.session.flush()
        except IntegrityError:
            await savepoint.rollback()
            return False
        await savepoint.commit()
        return True

    async def record_attempt(self) -> None:
        self.session.add(GradingAttempt(assessment_id=self.id))
        await self.session.commit()

    async def close(self) -> int:
        found = select(Answer).where(Answer.assessment_id == self.id)
        answers = {answer.question_code: answer for answer in await self.session.scalars(found)}
        codes = set(await self.session.scalars(select(Question.code)))
        assessment = await self.session.get(Assessment, self.id)
        assert assessment is not None
        assessment.status = "graded"
        assessment.score = sum(answer.points for answer in answers.values())
        await self.session.flush()
        if codes - answers.keys():
            raise Unanswered(sorted(codes - answers.keys()))
        return assessment.score


async def start(session: AsyncSession, candidate: str) -> Assessment:
    session.add(assessment := Assessment(candidate=candidate))
    await session.flush()
    await session.commit()
    return assessment


async def import_answers(
    session: AsyncSession, assessment_id: int, rows: Iterable[tuple[str, int]]
) -> ImportReport:
    sitting = _Sitting(session, assessment_id)
    stored, refused = 0, []
    for code, points in rows:
        if await sitting.add(code, points):
            stored += 1
        else:
            refused.append(code)
    await session.commit()
    return ImportReport(stored, refused)


async def grade(session: AsyncSession, assessment_id: int) -> int:
    sitting = _Sitting(session, assessment_id)
    await sitting.record_attempt()
    try:
        score = await sitting.close()
    except Unanswered:
        await session.rollback()
        raise
    await session.commit()
    return score


async def attempts(session: AsyncSession, assessment_id: int) -> int:
    mine = select(GradingAttempt).where(GradingAttempt.assessment_id == assessment_id).subquery()
    return await session.scalar(select(func.count()).select_from(mine)) or 0
