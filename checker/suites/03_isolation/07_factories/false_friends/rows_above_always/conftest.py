"""A database in memory for each test, and factories for its rows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from faker import Faker
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from skill_tables import Answer, Assessment, Base, Candidate

MakeCandidate = Callable[..., Awaitable[Candidate]]
MakeAssessment = Callable[..., Awaitable[Assessment]]
MakeAnswer = Callable[..., Awaitable[Answer]]


@pytest_asyncio.fixture
async def session() -> AsyncIterator[AsyncSession]:
    """A session on a database of the test's own."""
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session
    await engine.dispose()


@pytest.fixture
def make_candidate(session: AsyncSession, faker: Faker) -> MakeCandidate:
    """Make a candidate; `faker` starts from its seed in each test."""

    async def make(**given: Any) -> Candidate:
        made_up = {"name": faker.unique.name(), "email": faker.unique.email()}
        candidate = Candidate(**{**made_up, **given})
        session.add(candidate)
        await session.flush()
        return candidate

    return make


@pytest.fixture
def make_assessment(
    session: AsyncSession, faker: Faker, make_candidate: MakeCandidate
) -> MakeAssessment:
    """Make an assessment, and a candidate when none is given."""

    async def make(**given: Any) -> Assessment:
        made_up = {
            "candidate": await make_candidate(),
            "title": faker.unique.sentence(nb_words=4),
            "status": "submitted",
        }
        assessment = Assessment(**{**made_up, **given})
        session.add(assessment)
        await session.flush()
        return assessment

    return make


@pytest.fixture
def make_answer(
    session: AsyncSession, faker: Faker, make_assessment: MakeAssessment
) -> MakeAnswer:
    """Make an answer, and an assessment when none is given."""

    async def make(**given: Any) -> Answer:
        made_up = {"assessment": await make_assessment(), "points": faker.random_int(0, 5)}
        answer = Answer(**{**made_up, **given})
        session.add(answer)
        await session.flush()
        return answer

    return make
