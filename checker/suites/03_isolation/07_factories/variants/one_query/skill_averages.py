"""Averages of points, each by one grouped query."""

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from skill_tables import Answer, Assessment, Candidate


def _submitted() -> Select[tuple[str, float]]:
    """Names and averages of the candidates who have submitted something with answers."""
    return (
        select(Candidate.name, func.avg(Answer.points))
        .join(Assessment, Assessment.candidate_id == Candidate.id)
        .join(Answer, Answer.assessment_id == Assessment.id)
        .where(Assessment.status == "submitted")
        .group_by(Candidate.id)
    )


async def assessment_average(session: AsyncSession, assessment_id: int) -> float | None:
    statement = select(func.avg(Answer.points)).group_by(Answer.assessment_id)
    return await session.scalar(statement.having(Answer.assessment_id == assessment_id))


async def candidate_average(session: AsyncSession, candidate_id: int) -> float | None:
    row = (await session.execute(_submitted().where(Candidate.id == candidate_id))).one_or_none()
    return None if row is None else row[1]


async def best_candidates(session: AsyncSession, limit: int) -> list[str]:
    best = _submitted().order_by(func.avg(Answer.points).desc()).limit(limit)
    return [name for name, _ in await session.execute(best)]
