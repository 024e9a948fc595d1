"""One class knows how to make everything; the three fixtures are its methods."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from faker import Faker
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

import skill_tables
from skill_tables import Answer, Assessment, Candidate

Row = TypeVar("Row", Candidate, Assessment, Answer)


class Factory:
    """Makes rows in one session, with a Faker of its own."""

    def __init__(self, session: AsyncSession) -> None:
        self.session = session
        self.fake = Faker("de_DE")
        self.fake.seed_instance(99)

    async def store(self, row: Row) -> Row:
        self.session.add(row)
        await self.session.flush()
        return row

    async def candidate(self, **given: Any) -> Candidate:
        given.setdefault("name", self.fake.unique.name())
        given.setdefault("email", self.fake.unique.ascii_safe_email())
        return await self.store(Candidate(**given))

    async def assessment(self, **given: Any) -> Assessment:
        if given.get("candidate") is None:
            given["candidate"] = await self.candidate()
        given = {"title": self.fake.unique.uuid4(), "status": "submitted"} | given
        return await self.store(Assessment(**given))

    async def answer(self, **given: Any) -> Answer:
        if given.get("assessment") is None:
            given["assessment"] = await self.assessment()
        given.setdefault("points", self.fake.pyint(max_value=5))
        return await self.store(Answer(**given))


@pytest_asyncio.fixture
async def engine() -> AsyncIterator[AsyncEngine]:
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.begin() as connection:
        await connection.run_sync(skill_tables.Base.metadata.create_all)
    yield engine
    await engine.dispose()


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session


@pytest.fixture
def factory(session: AsyncSession) -> Factory:
    return Factory(session)


@pytest.fixture
def make_candidate(factory: Factory) -> Callable[..., Awaitable[Candidate]]:
    return factory.candidate


@pytest.fixture
def make_assessment(factory: Factory) -> Callable[..., Awaitable[Assessment]]:
    return factory.assessment


@pytest.fixture
def make_answer(factory: Factory) -> Callable[..., Awaitable[Answer]]:
    return factory.answer
