"""Factories that spell out their keywords; made-up values come from a seeded random.Random."""

import random
import string
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from skill_tables import Answer, Assessment, Base, Candidate


@pytest_asyncio.fixture
async def session() -> AsyncIterator[AsyncSession]:
    engine = create_async_engine("sqlite+aiosqlite://")
    async with engine.begin() as conn:
        await conn.run_sync(Base.metadata.create_all)
    async with async_sessionmaker(engine, expire_on_commit=False)() as session:
        yield session
    await engine.dispose()


@pytest.fixture
def word() -> Callable[[], str]:
    """A function that gives a word of twelve letters, a new one each time."""
    source = random.Random(2024)
    return lambda: "".join(source.choices(string.ascii_lowercase, k=12))


@pytest.fixture
def make_candidate(
    session: AsyncSession, word: Callable[[], str]
) -> Callable[..., Awaitable[Candidate]]:
    async def make(*, name: str | None = None, email: str | None = None) -> Candidate:
        name = word().capitalize() if name is None else name
        email = f"{word()}@mail.example" if email is None else email
        candidate = Candidate(name=name, email=email)
        session.add(candidate)
        await session.flush([candidate])
        return candidate

    return make


@pytest.fixture
def make_assessment(
    session: AsyncSession,
    word: Callable[[], str],
    make_candidate: Callable[..., Awaitable[Candidate]],
) -> Callable[..., Awaitable[Assessment]]:
    async def make(
        *,
        candidate: Candidate | None = None,
        title: str | None = None,
        status: str = "submitted",
    ) -> Assessment:
        title = f"The {word()} test" if title is None else title
        candidate = candidate or await make_candidate()
        assessment = Assessment(candidate=candidate, title=title, status=status)
        session.add(assessment)
        await session.flush()
        return assessment

    return make


@pytest.fixture
def make_answer(
    session: AsyncSession, make_assessment: Callable[..., Awaitable[Assessment]]
) -> Callable[..., Awaitable[Answer]]:
    async def make(*, assessment: Assessment | None = None, points: int = 3) -> Answer:
        if assessment is None:
            assessment = await make_assessment()
        answer = Answer(assessment=assessment, points=points)
        session.add(answer)
        await session.flush()
        return answer

    return make
