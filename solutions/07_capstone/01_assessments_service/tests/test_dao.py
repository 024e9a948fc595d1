"""20 to 25: what is stored, when, and what happens when it cannot be."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from assessments.app import create_app
from assessments.dao import AssessmentDao
from assessments.deps import get_clock
from assessments.dto import NewAssessment
from assessments.errors import StorageError, TitleTaken
from assessments.models import Base
from assessments.progress import ProgressBoard, progress_stream
from conftest import Deliver, Given
from fakes import (
    ADA,
    KEYS,
    KIM,
    LEE,
    NOW,
    MILK,
    Clock,
    Gateway,
    Naps,
    User,
    connected,
    hang,
    refused,
    seen,
)

pytestmark = pytest.mark.asyncio

NEW = NewAssessment.model_validate(MILK)


@pytest_asyncio.fixture
async def dao(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AssessmentDao]:
    async with sessions() as session:
        yield AssessmentDao(session)


@pytest_asyncio.fixture
async def another(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AssessmentDao]:
    """A DAO with a connection of its own: it finds what is stored."""
    async with sessions() as session:
        yield AssessmentDao(session)


async def test_an_assessment_is_stored_when_it_is_committed(
    dao: AssessmentDao, another: AssessmentDao
) -> None:
    made = await dao.add_assessment(ADA, NEW, NOW)
    number = made.id
    assert await another.find_assessment(number) is None

    await dao.commit()

    found = await another.find_assessment(number)
    assert found is not None
    assert (found.author, found.title, found.questions) == (ADA, "Milk", ["Why?", "How?", "When?"])
    assert (found.price_cents, found.closes_at) == (900, NOW)


async def test_a_taken_title_leaves_the_dao_usable(
    dao: AssessmentDao, another: AssessmentDao
) -> None:
    await dao.add_assessment(ADA, NEW, NOW)
    await dao.commit()
    with pytest.raises(TitleTaken):
        await dao.add_assessment(ADA, NEW, NOW)

    milk = await dao.add_assessment(ADA, NEW.model_copy(update={"title": "Water"}), NOW)
    number = milk.id
    await dao.commit()

    found = await another.find_assessment(number)
    assert found is not None
    assert found.title == "Water"


async def test_payments_and_answers_wait_for_the_commit(
    dao: AssessmentDao, another: AssessmentDao
) -> None:
    number = (await dao.add_assessment(ADA, NEW, NOW)).id
    assert await dao.book("evt_1", number, KIM, 900) is True
    assert await dao.book("evt_1", number, KIM, 900) is False
    await dao.put_answer(number, KIM, 2, 5)
    assert await another.find_seat(number, KIM) is None
    assert await another.answers(number, KIM) == {}

    await dao.commit()

    seat = await another.find_seat(number, KIM)
    assert seat is not None
    assert (seat.paid_cents, seat.submitted_at, seat.points) == (900, None, None)
    assert await another.answers(number, KIM) == {2: 5}
    assert await another.answers(number, LEE) == {}
    assert await another.waiting_learners(number) == [KIM]


async def test_only_the_first_submission_counts(
    dao: AssessmentDao, another: AssessmentDao, tea: int
) -> None:
    read = await another.find_seat(tea, KIM)
    assert read is not None

    assert await dao.mark_submitted(tea, KIM, NOW) is True
    await dao.commit()

    assert await another.mark_submitted(tea, KIM, NOW + 1) is False
    await another.commit()
    stored = await dao.find_seat(tea, KIM)
    assert stored is not None
    assert stored.submitted_at == NOW


async def test_no_words_of_the_database_get_out(
    dao: AssessmentDao, engine: AsyncEngine, ada: User, tea: int, deliver: Deliver
) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.drop_all)

    with pytest.raises(StorageError):
        await dao.add_assessment(ADA, NEW, NOW)
    with pytest.raises(StorageError):
        await dao.waiting_learners(tea)
    assert seen(await ada.ask("GET", f"/{tea}")) == refused(503, "storage")
    assert seen(await ada.ask("POST", "", MILK)) == refused(503, "storage")
    assert seen(await deliver("evt_1", tea)) == refused(503, "storage")


FULL = OperationalError("COMMIT", {}, Exception("database or disk is full"))


async def test_nothing_is_told_that_is_not_stored(
    ada: User,
    kim: User,
    tea: int,
    given: Given,
    deliver: Deliver,
    commits: list[Exception],
    gateway: Gateway,
    board: ProgressBoard,
) -> None:
    failed = refused(503, "storage")
    await given(answers={(tea, KIM): [1]})

    commits.append(FULL)
    assert seen(await kim.ask("PUT", f"/{tea}/answers/2", {"value": 1})) == failed
    commits.append(FULL)
    assert seen(await ada.ask("POST", "", MILK)) == failed
    commits.append(FULL)
    assert seen(await deliver("evt_1", tea)) == failed
    assert (await kim.seat(tea))["answered"] == 1
    await ada.create()

    await kim.ask("PUT", f"/{tea}/answers/2", {"value": 1})
    commits.append(FULL)
    assert seen(await kim.submit(tea)) == failed
    assert gateway.asked == []
    assert (await kim.submit(tea)).status_code == 201
    gateway.asked.clear()
    commits.append(FULL)
    assert seen(await ada.rate(tea, KIM)) == failed
    assert gateway.asked == []
    seat = await kim.seat(tea)
    assert (seat["paid_cents"], seat["points"]) == (900, None)

    stream = progress_stream(board, tea, connected, heartbeat_s=0.001)
    async with asyncio.timeout(0.5):
        names = [(await anext(stream)).partition("event: ")[2][:9] for _ in range(3)]
    assert names == ["answered\n", "submitted", ""]
    await stream.aclose()


async def test_a_clock_that_is_put_in_counts_everywhere(
    app: FastAPI, kim: User, tea: int, deliver: Deliver
) -> None:
    later = Clock()
    app.dependency_overrides[get_clock] = lambda: later
    later.now = NOW + 60
    await kim.answer(tea, 1, 1)
    assert seen(await deliver("evt_1", tea, at=NOW + 360)) == (200, {"status": "booked"})
    assert (await kim.submit(tea)).json()["submitted_at"] == NOW + 60

    later.now = NOW + 10 * 86_400
    assert seen(await kim.ask("GET", f"/{tea}")) == refused(401, "unauthorized")


async def test_an_app_uses_what_it_is_made_of(
    sessions: async_sessionmaker[AsyncSession], clock: Clock, gateway: Gateway, naps: Naps
) -> None:
    board = ProgressBoard()
    app = create_app(
        sessions, gateway, KEYS, clock, sleep=naps, mail_timeout_s=0.01, board=board
    )
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://own") as client:
        ada, kim = User(client, ADA), User(client, KIM)
        number = await ada.create(questions=["Why?"])
        async with sessions() as session:
            await AssessmentDao(session).book("evt_1", number, KIM, 900)
            await session.commit()
        await kim.answer(number, 1)
        gateway.steps[ADA].append(hang)

        async with asyncio.timeout(0.5):
            submitted = await kim.submit(number)

    assert submitted.json() == {"submitted_at": NOW, "mailed": True}
    assert naps.taken == [1.0]
    stream = progress_stream(board, number, connected)
    assert "answered" in await anext(stream)
    await stream.aclose()
