import sqlite3
from collections import Counter

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from assessments.app import create_app
from assessments.dao import AssessmentDao
from assessments.deps import Keys
from assessments.mail import GatewayBusy, GatewayRefused, Mailer
from assessments.models import Answer, Assessment, Base, Seat
from assessments.progress import ProgressBoard
from assessments.service import AssessmentService

EPOCH = 1_500_000_001


class Session(AsyncSession):
    sick = False

    async def commit(self):
        if self.sick:
            raise OperationalError("COMMIT", {}, sqlite3.OperationalError("disk I/O error"))
        await super().commit()


class Letters:
    """Refuses `no@…`, is always busy for `busy@…`, and keeps the rest."""

    def __init__(self):
        self.kept, self.tries = [], Counter()
        self.peek = None

    async def send(self, to, subject, text):
        self.tries[to] += 1
        if self.peek:
            await self.peek()
        if to.startswith("no@"):
            raise GatewayRefused(to)
        if to.startswith("busy@"):
            raise GatewayBusy(to)
        self.kept.append(f"{to}|{subject}|{text}")


@pytest_asyncio.fixture
async def engine():
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()


@pytest.fixture
def sessions(engine, monkeypatch):
    monkeypatch.setattr(Session, "sick", False)
    return async_sessionmaker(engine, class_=Session)


@pytest.fixture
def sick(monkeypatch):
    return lambda is_sick: monkeypatch.setattr(Session, "sick", is_sick)


@pytest.fixture
def letters():
    return Letters()


@pytest.fixture
def naps():
    return []


@pytest.fixture
def mailer(letters, naps):
    async def nap(seconds):
        naps.append(seconds)

    return Mailer(letters, nap, timeout_s=0.01)


@pytest.fixture
def board():
    return ProgressBoard()


@pytest.fixture
def time():
    return {"now": EPOCH}


@pytest_asyncio.fixture
async def house(sessions):
    """Rows: teacher's assessment 3 of three questions for 40 cents; pia has a seat, pit has another."""
    async with sessions() as session:
        session.add(
            Assessment(
                id=3,
                author="teacher@x.org",
                title="Owls",
                questions=["1", "2", "3"],
                price_cents=40,
                closes_at=EPOCH + 10,
            )
        )
        session.add_all(Seat(assessment_id=3, learner=who, paid_cents=40) for who in ("pia@x.org", "pit@x.org"))
        session.add(Answer(assessment_id=3, learner="pit@x.org", question=3, value=0))
        await session.commit()


@pytest.fixture
def service(sessions, mailer, board, time, house):
    """Calls a method of the service as a request would: in a session of its own."""

    async def call(name, *args):
        async with sessions() as session:
            made = AssessmentService(AssessmentDao(session), mailer, board, lambda: time["now"])
            return await getattr(made, name)(*args)

    return call


@pytest.fixture
def app(sessions, letters, time, board, mailer, house) -> FastAPI:
    app = create_app(sessions, letters, Keys(b"k1", b"k2"), lambda: time["now"], board=board)
    app.state.mailer = mailer
    return app


@pytest_asyncio.fixture
async def http(app):
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://owls") as http:
        yield http
