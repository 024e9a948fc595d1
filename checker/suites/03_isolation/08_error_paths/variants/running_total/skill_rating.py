"""What a team's answers add up to: all answers are read, and integers do the rounding."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment

LEAST_ANSWERS = 3


class RatingRefused(ValueError):
    """There is no rating to give. The message says why."""


@dataclass(frozen=True, slots=True)
class SkillRating:
    """The mean of all answers, in tenths, and how many they were."""

    value: Decimal
    answers: int


class _Tally:
    """A sum and a count that grow together."""

    def __init__(self) -> None:
        self.total = 0
        self.count = 0

    def add(self, answer: Answer) -> None:
        if not answer.draft:
            self.total += answer.value
            self.count += 1

    def rating(self) -> SkillRating:
        match self.count:
            case 0:
                raise RatingRefused("No answers found")
            case few if few < LEAST_ANSWERS:
                raise RatingRefused(f"{few} of {LEAST_ANSWERS} answers found")
            case count:
                tenths = (self.total * 20 + count) // (2 * count)
                return SkillRating(Decimal(tenths) / Decimal(10), count)


async def calculate_rating(session: AsyncSession, tenant: str, assessment_id: int) -> SkillRating:
    own = select(Assessment).where(Assessment.tenant == tenant)
    assessments = {each.id: each for each in await session.scalars(own)}
    if assessment_id not in assessments:
        raise RatingRefused("No such assessment")
    if not assessments[assessment_id].closed:
        raise RatingRefused("Assessment is still open")
    tally = _Tally()
    found = select(Answer).where(Answer.assessment_id == assessment_id)
    for answer in await session.scalars(found.order_by(Answer.value)):
        tally.add(answer)
    return tally.rating()
