"""A database, an app, and users for each test."""

import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import Session

from assessments.app import create_app
from assessments.deps import Keys
from assessments.mail import Mailer
from assessments.models import Answer, Assessment, Base, BookedEvent, Seat
from assessments.progress import ProgressBoard
from fakes import ADA, KEYS, KIM, LEE, NOW, Clock, Gateway, Naps, User, hmac_of


@pytest.fixture(scope="session")
def monday(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database in which Ada has an assessment, number 1, and Kim has a seat. Tests copy it."""
    path = tmp_path_factory.mktemp("database") / "monday.sqlite"
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(
            Assessment(
                id=1,
                author=ADA,
                title="Tea",
                questions=["Why?", "How?"],
                price_cents=900,
                closes_at=NOW + 86_400,
            )
        )
        session.add(Seat(assessment_id=1, learner=KIM, paid_cents=900))
        session.add(BookedEvent(id="evt_tea"))
        session.commit()
    engine.dispose()
    return path


@pytest_asyncio.fixture
async def engine(monday: Path, tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    """A database of the test's own, in a file, so that each session has its own connection."""
    path = shutil.copy(monday, tmp_path / "test.sqlite")
    engine = create_async_engine(f"sqlite+aiosqlite:///{path}")

    @event.listens_for(engine.sync_engine, "connect")
    def do_not_wait_for_the_disk(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.execute("PRAGMA synchronous = OFF")
        dbapi_connection.execute("PRAGMA journal_mode = MEMORY")

    yield engine
    await engine.dispose()


class BrittleSession(AsyncSession):
    """A session whose commits fail as long as there are errors in its `info`."""

    async def commit(self) -> None:
        if self.info["commits"]:
            raise self.info["commits"].pop()
        await super().commit()


@pytest.fixture
def commits() -> list[Exception]:
    """What the next commits raise."""
    return []


@pytest.fixture
def sessions(engine: AsyncEngine, commits: list[Exception]) -> async_sessionmaker[AsyncSession]:
    """Without `expire_on_commit=False`: the service has to get along with it."""
    return async_sessionmaker(engine, class_=BrittleSession, info={"commits": commits})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def board() -> ProgressBoard:
    return ProgressBoard()


@pytest.fixture
def mailer(gateway: Gateway, naps: Naps) -> Mailer:
    return Mailer(gateway, naps, timeout_s=0.01)


@pytest.fixture(scope="session")
def bare_app() -> FastAPI:
    """One app for all tests, for the sake of speed. Nothing in it is used as it is."""

    def nothing(*_args: object) -> Any:
        raise NotImplementedError

    return create_app(async_sessionmaker(), Gateway(), Keys(b"", b""), nothing)


@pytest.fixture
def app(
    bare_app: FastAPI,
    sessions: async_sessionmaker[AsyncSession],
    clock: Clock,
    mailer: Mailer,
    board: ProgressBoard,
) -> Iterator[FastAPI]:
    """The app, made of what belongs to this test."""
    bare_app.state.sessions = sessions
    bare_app.state.keys = KEYS
    bare_app.state.clock = clock
    bare_app.state.mailer = mailer
    bare_app.state.board = board
    yield bare_app
    bare_app.dependency_overrides.clear()


@pytest_asyncio.fixture
async def client(app: FastAPI) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    async with AsyncClient(transport=transport, base_url="http://tests") as client:
        yield client


@pytest.fixture
def ada(client: AsyncClient) -> User:
    """An author."""
    return User(client, ADA)


@pytest.fixture
def kim(client: AsyncClient) -> User:
    """A learner."""
    return User(client, KIM)


@pytest.fixture
def lee(client: AsyncClient) -> User:
    """Another one."""
    return User(client, LEE)


Given = Callable[..., Awaitable[None]]


@pytest.fixture
def given(sessions: async_sessionmaker[AsyncSession]) -> Given:
    """Stores rows, and answers as {(assessment, learner): values}, without asking the app."""

    async def given(*rows: object, answers: dict[tuple[int, str], list[int]] | None = None) -> None:
        async with sessions() as session:
            session.add_all(rows)
            for (number, learner), values in (answers or {}).items():
                for question, value in enumerate(values, start=1):
                    key = {"assessment_id": number, "learner": learner, "question": question}
                    session.add(Answer(**key, value=value))
            await session.commit()

    return given


Deliver = Callable[..., Awaitable[Response]]


@pytest.fixture
def deliver(client: AsyncClient) -> Deliver:
    """Sends an event as the provider does, with its own white space."""

    async def deliver(
        event_id: str, number: int, learner: str = KIM, cents: int = 900, *, at: int = NOW, **more: Any
    ) -> Response:
        data = {"id": event_id, "type": "payment.succeeded", "assessment": number}
        body = json.dumps(data | {"learner": learner, "cents": cents} | more, indent=3).encode()
        signature = hmac_of(KEYS.payment, b"%d.%s" % (at, body))
        headers = {"Payment-Signature": f"t={at},v1={signature}"}
        return await client.post("/payments/events", content=body, headers=headers)

    return deliver


@pytest.fixture
def tea() -> int:
    """Ada's assessment about tea, in which Kim has a seat."""
    return 1
