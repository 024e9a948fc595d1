"""Averages of points, summed up in Python from the rows."""

from collections import defaultdict
from statistics import fmean

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from skill_tables import Answer, Assessment


def _mean(points: list[int]) -> float | None:
    return fmean(points) if points else None


async def _answers(session: AsyncSession) -> list[Answer]:
    path = joinedload(Answer.assessment).joinedload(Assessment.candidate)
    return list(await session.scalars(select(Answer).options(path)))


async def assessment_average(session: AsyncSession, assessment_id: int) -> float | None:
    found = await _answers(session)
    return _mean([answer.points for answer in found if answer.assessment_id == assessment_id])


async def candidate_average(session: AsyncSession, candidate_id: int) -> float | None:
    points = [
        answer.points
        for answer in await _answers(session)
        if answer.assessment.status == "submitted"
        and answer.assessment.candidate_id == candidate_id
    ]
    return _mean(points)


async def best_candidates(session: AsyncSession, limit: int) -> list[str]:
    points: dict[int, list[int]] = defaultdict(list)
    names: dict[int, str] = {}
    for answer in await _answers(session):
        if answer.assessment.status == "submitted":
            candidate = answer.assessment.candidate
            names[candidate.id] = candidate.name
            points[candidate.id].append(answer.points)
    best = sorted(points, key=lambda number: -fmean(points[number]))
    return [names[number] for number in best[:limit]]
