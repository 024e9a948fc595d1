"""The photo lab's app, with its database put under it by hand."""

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select

from photo_lab import Database, Job, create_app, requeue


def client_on(database: Database) -> AsyncClient:
    app = create_app(lambda: database)

    async def with_state(scope, receive, send) -> None:
        await app({**scope, "state": {"database": database}}, receive, send)

    return AsyncClient(transport=ASGITransport(app=with_state), base_url="http://lab")


async def stored(database: Database) -> list[tuple[str, str, int]]:
    async with database.sessions() as session:
        jobs = await session.scalars(select(Job).order_by(Job.id))
        return [(job.picture, job.state, job.attempts) for job in jobs]


@pytest.mark.asyncio
async def test_interrupted_jobs_wait_again(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(Job(picture="beach.jpg", state="running", attempts=1))
        session.add(Job(picture="cat.jpg", state="done", attempts=2))
        session.add(Job(picture="tree.jpg", state="waiting", attempts=3))
        session.add(Job(picture="boat.jpg", state="running", attempts=4))

    await requeue(database)

    assert await stored(database) == [
        ("beach.jpg", "waiting", 2),
        ("cat.jpg", "done", 2),
        ("tree.jpg", "waiting", 3),
        ("boat.jpg", "waiting", 5),
    ]


@pytest.mark.asyncio
async def test_a_job_is_stored_and_listed(database: Database) -> None:
    async with client_on(database) as client:
        created = await client.post("/jobs", json={"picture": "beach.jpg"})
        await client.post("/jobs", json={"picture": "attic.jpg"})
        listed = await client.get("/jobs")

    first = {"picture": "beach.jpg", "state": "waiting", "attempts": 1}
    assert created.status_code == 201
    assert created.json() == {"id": 1, **first}
    assert [job["picture"] for job in listed.json()] == ["beach.jpg", "attic.jpg"]
    assert await stored(database) == [("beach.jpg", "waiting", 1), ("attic.jpg", "waiting", 1)]


@pytest.mark.asyncio
async def test_running_jobs_go_on(database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(Job(picture="beach.jpg", state="running"))

    async with client_on(database) as client:
        listed = await client.get("/jobs")

    assert [(job["state"], job["attempts"]) for job in listed.json()] == [("running", 1)]
