"""What a team's answers add up to: one grouped query, and a chain of reasons to refuse."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment

LEAST_ANSWERS = 3


class RatingRefused(ValueError):
    """There is no rating to give. The message says why."""


@dataclass(frozen=True)
class SkillRating:
    """The mean of all answers, in tenths, and how many they were."""

    value: Decimal
    answers: int


def _reasons(closed: bool | None, count: int) -> Iterator[str]:
    """Why there is no rating, the most important reason first."""
    if closed is None:
        yield "No such assessment"
    if closed is False:
        yield "Assessment is still open"
    if count == 0:
        yield "No answers found"
    if count < LEAST_ANSWERS:
        yield f"{count} of {LEAST_ANSWERS} answers found"


async def calculate_rating(session: AsyncSession, tenant: str, assessment_id: int) -> SkillRating:
    final = and_(Answer.assessment_id == Assessment.id, Answer.draft.is_(False))
    statement = (
        select(Assessment.closed, func.count(Answer.id), func.sum(Answer.value))
        .outerjoin(Answer, final)
        .where(Assessment.id == assessment_id, Assessment.tenant == tenant)
        .group_by(Assessment.id)
    )
    row = (await session.execute(statement)).one_or_none()
    closed, count, total = row if row is not None else (None, 0, 0)
    for reason in _reasons(closed, count):
        raise RatingRefused(reason)
    hundredfold = Decimal(total * 10) / count
    return SkillRating(hundredfold.quantize(Decimal(1), ROUND_HALF_UP) / 10, count)
