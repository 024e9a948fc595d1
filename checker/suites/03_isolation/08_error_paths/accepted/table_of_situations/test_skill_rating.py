from dataclasses import dataclass
from decimal import Decimal

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment
from skill_rating import RatingRefused, calculate_rating


@dataclass
class Situation:
    """Assessment 7 of `owner`, as "4 4 5 d1": numbers are answers, those with a d are drafts."""

    answers: str
    owner: str = "us"
    closed: bool = True

    async def prepare(self, session: AsyncSession) -> None:
        session.add(Assessment(id=7, tenant=self.owner, closed=self.closed))
        session.add(Assessment(id=8, tenant="us", closed=True))
        session.add_all(Answer(assessment_id=8, value=5) for _ in range(3))
        for word in self.answers.split():
            draft = word.startswith("d")
            session.add(Answer(assessment_id=7, value=int(word.lstrip("d")), draft=draft))
        await session.flush()


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("situation", "value", "count"),
    [
        (Situation("1 2 3"), "2.0", 3),
        (Situation("2 2 2 3"), "2.3", 4),
        (Situation("2 3 3"), "2.7", 3),
        (Situation("1 1 2"), "1.3", 3),
        (Situation("2 2 2 d5 d5 d5"), "2", 3),
        (Situation("1 2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1"), "1.1", 20),
    ],
)
async def test_rating(
    session: AsyncSession, situation: Situation, value: str, count: int
) -> None:
    await situation.prepare(session)
    rating = await calculate_rating(session, "us", 7)
    assert rating.value == Decimal(value)
    assert rating.answers == count


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("situation", "reason"),
    [
        (Situation("4 4 4", owner="them"), "No such assessment"),
        (Situation("", owner="them"), "No such assessment"),
        (Situation("4 4 4", owner="them", closed=False), "No such assessment"),
        (Situation("4 4", owner="them"), "No such assessment"),
        (Situation("4 4", closed=False), "Assessment is still open"),
        (Situation("4 4 4", closed=False), "Assessment is still open"),
        (Situation("", closed=False), "Assessment is still open"),
        (Situation(""), "No answers found"),
        (Situation("d4 d4 d4"), "No answers found"),
        (Situation("4 d4 d4"), "1 of 3 answers found"),
        (Situation("4 5"), "2 of 3 answers found"),
    ],
)
async def test_refusal(session: AsyncSession, situation: Situation, reason: str) -> None:
    await situation.prepare(session)
    with pytest.raises(RatingRefused) as caught:
        await calculate_rating(session, "us", 7)
    assert str(caught.value) == reason


@pytest.mark.asyncio
async def test_nothing_there(session: AsyncSession) -> None:
    with pytest.raises(RatingRefused) as caught:
        await calculate_rating(session, "us", 7)
    assert str(caught.value) == "No such assessment"
