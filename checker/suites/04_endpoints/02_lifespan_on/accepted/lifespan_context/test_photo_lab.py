"""The framework's own lifespan context, and a small ASGI function that hands its state to requests."""

from contextlib import asynccontextmanager
from unittest.mock import Mock

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from photo_lab import Database, Job, create_app


@asynccontextmanager
async def started(app):
    async with app.router.lifespan_context(app) as state:

        async def with_state(scope, receive, send):
            scope["state"] = dict(state)
            await app(scope, receive, send)

        async with httpx.AsyncClient(transport=httpx.ASGITransport(with_state), base_url="http://x") as client:
            yield client


async def jobs(database):
    async with database.sessions() as session:
        rows = await session.execute(text("SELECT picture, state, attempts FROM jobs ORDER BY id"))
        return [tuple(row) for row in rows]


@pytest.mark.asyncio
async def test_open_once(database):
    open_database = Mock(return_value=database)
    app = create_app(open_database)
    open_database.assert_not_called()
    async with started(app) as client:
        open_database.assert_called_once_with()
        await client.post("/jobs", json={"picture": "x"})
        await client.get("/jobs")
        open_database.assert_called_once_with()
        assert database.is_open is True
    assert database.is_open is False


@pytest.mark.asyncio
async def test_start_again(database):
    first = Database("sqlite+aiosqlite:///:memory:")
    await first.create_tables()
    app = create_app(Mock(side_effect=[first, database]))
    async with started(app):
        pass
    assert database.is_open
    async with started(app) as client:
        await client.post("/jobs", json={"picture": "x"})
        assert await jobs(database) == [("x", "waiting", 1)]
    assert not database.is_open


@pytest.mark.asyncio
async def test_requeue(database):
    before = [("1", "running", 1), ("2", "waiting", 1), ("3", "done", 1), ("4", "running", 7)]
    async with database.sessions.begin() as session:
        for picture, state, attempts in before:
            session.add(Job(picture=picture, state=state, attempts=attempts))
    async with started(create_app(lambda: database)) as client:
        assert await jobs(database) == [("1", "waiting", 2), ("2", "waiting", 1), ("3", "done", 1), ("4", "waiting", 8)]
        async with database.sessions.begin() as session:
            await session.execute(text("UPDATE jobs SET state = 'running' WHERE picture = '2'"))
        await client.get("/jobs")
        await client.post("/jobs", json={"picture": "5"})
        assert (await jobs(database))[1] == ("2", "running", 1)


@pytest.mark.asyncio
async def test_requests(database):
    async with started(create_app(lambda: database)) as client:
        made = [await client.post("/jobs", json={"picture": each}) for each in ("b", "a")]
        listed = await client.get("/jobs")
        assert await jobs(database) == [("b", "waiting", 1), ("a", "waiting", 1)]
    for response, picture in zip(made, "ba", strict=True):
        assert response.status_code == 201
        body = response.json()
        assert isinstance(body.pop("id"), int)
        assert body == {"picture": picture, "state": "waiting", "attempts": 1}
    assert listed.status_code == 200
    assert listed.json() == [response.json() for response in made]


@pytest.mark.asyncio
async def test_a_done_job_is_listed(database):
    async with database.sessions.begin() as session:
        session.add(Job(picture="old", state="done"))
    async with started(create_app(lambda: database)) as client:
        assert [job["picture"] for job in (await client.get("/jobs")).json()] == ["old"]


@pytest.mark.asyncio
async def test_the_start_fails():
    broken = Database("sqlite+aiosqlite:///:memory:")
    with pytest.raises(SQLAlchemyError):
        async with started(create_app(lambda: broken)):
            pass
    assert broken.is_open is False
