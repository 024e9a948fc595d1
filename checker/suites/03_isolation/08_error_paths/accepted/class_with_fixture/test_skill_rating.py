from decimal import Decimal

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession

from answers import Answer, Assessment
from skill_rating import RatingRefused, calculate_rating


class Team:
    """A closed assessment of the mill, which a test fills."""

    def __init__(self, session: AsyncSession, assessment: Assessment) -> None:
        self.session = session
        self.assessment = assessment

    async def answer(self, *values: int, draft: bool = False) -> None:
        for value in values:
            answer = Answer(assessment_id=self.assessment.id, value=value, draft=draft)
            self.session.add(answer)
        await self.session.commit()

    async def refusal(self, tenant: str = "mill") -> str:
        with pytest.raises(RatingRefused) as refusal:
            await calculate_rating(self.session, tenant, self.assessment.id)
        return str(refusal.value)


@pytest_asyncio.fixture
async def team(session: AsyncSession) -> Team:
    assessment = Assessment(tenant="mill")
    session.add(assessment)
    await session.commit()
    return Team(session, assessment)


@pytest.mark.asyncio
class TestRatings:
    @pytest.mark.parametrize("last, mean", [(4, "3.3"), (5, "3.7"), (3, "3.0")])
    async def test_of_three(self, team: Team, last: int, mean: str) -> None:
        await team.answer(3, 3, last)
        rating = await calculate_rating(team.session, "mill", team.assessment.id)
        assert rating.value == Decimal(mean)
        assert rating.answers == 3

    async def test_of_four_with_a_half(self, team: Team) -> None:
        await team.answer(3, 3, 3, 4)
        rating = await calculate_rating(team.session, "mill", team.assessment.id)
        assert str(rating.value) == "3.3"

    async def test_without_drafts(self, team: Team) -> None:
        await team.answer(3, 3, 3)
        await team.answer(5, draft=True)
        rating = await calculate_rating(team.session, "mill", team.assessment.id)
        assert (rating.value, rating.answers) == (3, 3)

    async def test_without_those_of_another(self, team: Team, session: AsyncSession) -> None:
        other = Assessment(tenant="mill")
        session.add(other)
        await session.flush()
        await Team(session, other).answer(5, 5, 5)
        await team.answer(3, 3, 3)
        rating = await calculate_rating(session, "mill", team.assessment.id)
        assert (rating.value, rating.answers) == (3, 3)


@pytest.mark.asyncio
class TestRefusals:
    async def test_unknown(self, team: Team) -> None:
        await team.answer(3, 3, 3)
        with pytest.raises(RatingRefused, match="^No such assessment$"):
            await calculate_rating(team.session, "mill", 99)

    async def test_foreign(self, team: Team) -> None:
        assert await team.refusal("bank") == "No such assessment"
        await team.answer(3)
        assert await team.refusal("bank") == "No such assessment"
        await team.answer(3, 3)
        assert await team.refusal("bank") == "No such assessment"
        team.assessment.closed = False
        await team.session.commit()
        assert await team.refusal("bank") == "No such assessment"

    async def test_open(self, team: Team) -> None:
        team.assessment.closed = False
        assert await team.refusal() == "Assessment is still open"
        await team.answer(3)
        assert await team.refusal() == "Assessment is still open"
        await team.answer(3, 3)
        assert await team.refusal() == "Assessment is still open"

    async def test_from_no_answers_to_enough(self, team: Team, session: AsyncSession) -> None:
        other = Assessment(tenant="mill")
        session.add(other)
        await session.flush()
        await Team(session, other).answer(5, 5, 5)
        assert await team.refusal() == "No answers found"
        await team.answer(3, 3, 3, draft=True)
        assert await team.refusal() == "No answers found"
        await team.answer(3)
        assert await team.refusal() == "1 of 3 answers found"
        await team.answer(3)
        assert await team.refusal() == "2 of 3 answers found"
