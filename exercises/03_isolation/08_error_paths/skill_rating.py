"""What a team's answers add up to. Nobody gets a rating that rests on too little."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment

LEAST_ANSWERS = 3
TENTH = Decimal("0.1")


class RatingRefused(ValueError):
    """There is no rating to give. The message says why."""


@dataclass(frozen=True, slots=True)
class SkillRating:
    """The mean of all answers, in tenths, and how many they were."""

    value: Decimal
    answers: int


async def calculate_rating(session: AsyncSession, tenant: str, assessment_id: int) -> SkillRating:
    """The rating of one of the tenant's assessments. Raises `RatingRefused`."""
    assessment = await session.get(Assessment, assessment_id)
    if assessment is None or assessment.tenant != tenant:
        raise RatingRefused("No such assessment")
    if not assessment.closed:
        raise RatingRefused("Assessment is still open")
    final = select(Answer.value).where(Answer.assessment_id == assessment_id, ~Answer.draft)
    values = list(await session.scalars(final))
    if not values:
        raise RatingRefused("No answers found")
    if len(values) < LEAST_ANSWERS:
        raise RatingRefused(f"{len(values)} of {LEAST_ANSWERS} answers found")
    mean = Decimal(sum(values)) / len(values)
    return SkillRating(mean.quantize(TENTH, rounding=ROUND_HALF_UP), len(values))
