"""A database in memory for each test, and factories for its rows."""

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from skill_tables import Answer, Assessment, Base, Candidate

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
def numbers() -> Iterator[int]:
    """1, 2, 3: from the beginning in each test."""
    return itertools.count(1)


@pytest.fixture
def make_candidate(session: AsyncSession, numbers: Iterator[int]) -> Callable[..., Awaitable[Candidate]]:
    async def make(**given: Any) -> Candidate:
        number = next(numbers)
        made_up = {"name": f"Candidate {number}", "email": f"c{number}@example.org"}
        candidate = Candidate(**(made_up | given))
        session.add(candidate)
        await session.flush()
        return candidate

    return make


@pytest.fixture
def make_assessment(
    session: AsyncSession, numbers: Iterator[int], make_candidate: Callable[..., Awaitable[Candidate]]
) -> Callable[..., Awaitable[Assessment]]:
    async def make(**given: Any) -> Assessment:
        title = f"Assessment {next(numbers)}"
        made_up: dict[str, Any] = {"title": title, "status": "submitted"}
        if "candidate" not in given:
            made_up["candidate"] = await make_candidate()
        assessment = Assessment(**(made_up | given))
        session.add(assessment)
        await session.flush()
        return assessment

    return make


@pytest.fixture
def make_answer(
    session: AsyncSession, make_assessment: Callable[..., Awaitable[Assessment]]
) -> Callable[..., Awaitable[Answer]]:
    async def make(**given: Any) -> Answer:
        made_up: dict[str, Any] = {"points": 3}
        if "assessment" not in given:
            made_up["assessment"] = await make_assessment()
        answer = Answer(**(made_up | given))
        session.add(answer)
        await session.flush()
        return answer

    return make
