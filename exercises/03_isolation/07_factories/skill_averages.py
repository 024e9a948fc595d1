"""Averages of points: of one assessment, of a candidate, and who did best."""

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from skill_tables import Answer, Assessment, Candidate


async def assessment_average(session: AsyncSession, assessment_id: int) -> float | None:
    """The mean of an assessment's points, or None when it has no answers."""
    statement = select(func.avg(Answer.points)).where(Answer.assessment_id == assessment_id)
    return await session.scalar(statement)


async def candidate_average(session: AsyncSession, candidate_id: int) -> float | None:
    """The mean of all points in the assessments that the candidate has submitted."""
    statement = (
        select(func.avg(Answer.points))
        .join(Assessment, Answer.assessment_id == Assessment.id)
        .where(Assessment.candidate_id == candidate_id, Assessment.status == "submitted")
    )
    return await session.scalar(statement)


async def best_candidates(session: AsyncSession, limit: int) -> list[str]:
    """The names of the candidates with the best averages, the best first."""
    averages: list[tuple[float, str]] = []
    for candidate in await session.scalars(select(Candidate)):
        average = await candidate_average(session, candidate.id)
        if average is not None:
            averages.append((average, candidate.name))
    averages.sort(key=lambda pair: pair[0], reverse=True)
    return [name for _, name in averages[:limit]]
