"""The photo lab's app, started and stopped as a server does it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from asgi_lifespan import LifespanManager
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from photo_lab import Database, Job, create_app

pytestmark = pytest.mark.asyncio

IN_MEMORY = "sqlite+aiosqlite:///:memory:"


@asynccontextmanager
async def running(app: FastAPI) -> AsyncIterator[AsyncClient]:
    """Start the app, and stop it at the end of the block."""
    # The manager's own app hands the state of the lifespan to each request. The bare one does not.
    async with LifespanManager(app) as manager:
        transport = ASGITransport(app=manager.app)
        async with AsyncClient(transport=transport, base_url="http://lab") as client:
            yield client


async def stored(session: AsyncSession) -> list[tuple[str, str, int]]:
    jobs = await session.scalars(select(Job).order_by(Job.id))
    return [(job.picture, job.state, job.attempts) for job in jobs]


async def test_each_start_opens_a_database_and_each_stop_closes_it() -> None:
    opened: list[Database] = []
    fresh = [Database(IN_MEMORY), Database(IN_MEMORY)]
    for database in fresh:
        await database.create_tables()

    def open_database() -> Database:
        opened.append(fresh[len(opened)])
        return opened[-1]

    app = create_app(open_database)
    assert opened == []

    async with running(app) as client:
        await client.get("/jobs")
        await client.post("/jobs", json={"picture": "beach.jpg"})
        assert opened == fresh[:1]
        assert fresh[0].is_open
    assert not fresh[0].is_open

    async with running(app) as client:
        assert (await client.get("/jobs")).json() == []
        assert opened == fresh
        assert fresh[1].is_open
    assert not fresh[1].is_open


async def test_interrupted_jobs_wait_again(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(Job(picture="beach.jpg", state="running", attempts=1))
        session.add(Job(picture="cat.jpg", state="done", attempts=2))
        session.add(Job(picture="tree.jpg", state="waiting", attempts=3))
        session.add(Job(picture="boat.jpg", state="running", attempts=4))

    async with running(create_app(lambda: database)), database.sessions() as session:
        assert await stored(session) == [
            ("beach.jpg", "waiting", 2),
            ("cat.jpg", "done", 2),
            ("tree.jpg", "waiting", 3),
            ("boat.jpg", "waiting", 5),
        ]


async def test_what_runs_later_goes_on(database: Database) -> None:
    async with running(create_app(lambda: database)) as client:
        async with database.sessions.begin() as session:
            session.add(Job(picture="beach.jpg", state="running"))
        await client.post("/jobs", json={"picture": "cat.jpg"})
        response = await client.get("/jobs")

    assert [(job["state"], job["attempts"]) for job in response.json()] == [
        ("running", 1),
        ("waiting", 1),
    ]


async def test_a_job_is_stored_and_listed(database: Database) -> None:
    async with running(create_app(lambda: database)) as client:
        created = await client.post("/jobs", json={"picture": "beach.jpg"})
        await client.post("/jobs", json={"picture": "attic.jpg"})
        listed = await client.get("/jobs")
        async with database.sessions() as session:
            rows = await stored(session)

    first = {"picture": "beach.jpg", "state": "waiting", "attempts": 1}
    second = {"picture": "attic.jpg", "state": "waiting", "attempts": 1}
    assert created.status_code == 201
    assert created.json() == {"id": created.json()["id"], **first}
    assert listed.status_code == 200
    assert [{**job, "id": None} for job in listed.json()] == [
        {**first, "id": None},
        {**second, "id": None},
    ]
    assert listed.json()[0] == created.json()
    assert rows == [("beach.jpg", "waiting", 1), ("attic.jpg", "waiting", 1)]


async def test_a_failed_start_closes_the_database() -> None:
    without_tables = Database(IN_MEMORY)

    with pytest.raises(OperationalError):
        async with running(create_app(lambda: without_tables)):
            pass

    assert not without_tables.is_open
