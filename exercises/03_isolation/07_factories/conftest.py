"""A database in memory for each test, and factories for its rows."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from skill_tables import Answer, Assessment, Base, Candidate

CANDIDATE = {"name": "Kim Doe", "email": "kim@example.org"}
ASSESSMENT = {"title": "Python", "status": "submitted"}
POINTS = 3


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
def make_candidate(session: AsyncSession) -> Callable[..., Awaitable[Candidate]]:
    async def make(**given: Any) -> Candidate:
        candidate = Candidate(**{**CANDIDATE, **given})
        session.add(candidate)
        await session.flush()
        return candidate

    return make


@pytest.fixture
def make_assessment(session: AsyncSession) -> Callable[..., Awaitable[Assessment]]:
    async def make(**given: Any) -> Assessment:
        assessment = Assessment(**{**ASSESSMENT, **given})
        session.add(assessment)
        await session.flush()
        return assessment

    return make


@pytest.fixture
def make_answer(session: AsyncSession) -> Callable[..., Awaitable[Answer]]:
    async def make(assessment: Assessment, points: int | None = None) -> Answer:
        answer = Answer(assessment=assessment, points=points or POINTS)
        session.add(answer)
        await session.flush()
        return answer

    return make
