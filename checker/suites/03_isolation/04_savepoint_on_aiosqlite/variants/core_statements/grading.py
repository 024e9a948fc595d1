"""Sittings of an assessment, written with statements in place of mapped objects."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from question_bank import Answer, Assessment, GradingAttempt, Question


class Unanswered(Exception):
    """The assessment cannot be graded: some questions of the bank have no answer."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__("no answer to " + ", ".join(codes))
        self.codes = codes


@dataclass(frozen=True, slots=True)
class ImportReport:
    stored: int
    refused: list[str]


async def start(session: AsyncSession, candidate: str) -> Assessment:
    statement = insert(Assessment).values(candidate=candidate, status="open").returning(Assessment)
    assessment = (await session.scalars(statement)).one()
    await session.commit()
    return assessment


async def import_answers(
    session: AsyncSession, assessment_id: int, rows: Iterable[tuple[str, int]]
) -> ImportReport:
    outcomes = [
        (code, await _stored(session, {"assessment_id": assessment_id, "question_code": code, "points": points}))
        for code, points in rows
    ]
    await session.commit()
    refused = [code for code, stored in outcomes if not stored]
    return ImportReport(stored=len(outcomes) - len(refused), refused=refused)


async def _stored(session: AsyncSession, values: dict[str, object]) -> bool:
    try:
        async with session.begin_nested():
            await session.execute(insert(Answer).values(**values))
    except IntegrityError:
        return False
    return True


async def grade(session: AsyncSession, assessment_id: int) -> int:
    await session.execute(insert(GradingAttempt).values(assessment_id=assessment_id))
    await session.commit()
    total = await session.scalar(select(func.sum(Answer.points)).where(Answer.assessment_id == assessment_id))
    this = update(Assessment).where(Assessment.id == assessment_id)
    await session.execute(this.values(status="graded", score=total))
    answered = exists().where(Answer.assessment_id == assessment_id, Answer.question_code == Question.code)
    missing = list(await session.scalars(select(Question.code).where(~answered).order_by(Question.code)))
    if missing:
        await session.rollback()
        raise Unanswered(missing)
    await session.commit()
    return total or 0


async def attempts(session: AsyncSession, assessment_id: int) -> int:
    ids = await session.scalars(select(GradingAttempt.id).where(GradingAttempt.assessment_id == assessment_id))
    return len(ids.all())
