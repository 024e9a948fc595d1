import pytest
from asgi_lifespan import LifespanManager
from httpx import ASGITransport, AsyncClient

from photo_lab import Job, create_app

pytestmark = pytest.mark.asyncio


async def post(database):
    async with LifespanManager(create_app(lambda: database)) as manager:
        async with AsyncClient(transport=ASGITransport(app=manager.app), base_url="http://w") as client:
            return await client.post("/jobs", json={"picture": "a"}), await client.get("/jobs")


async def test_a_status(database):
    assert (await post(database))[0].status_code == 201


async def test_a_state(database):
    assert (await post(database))[0].json()["state"] == "waiting"


async def test_attempts(database):
    assert (await post(database))[0].json()["attempts"] == 1


async def test_a_list(database):
    assert len((await post(database))[1].json()) == 1


async def test_attempts_after_a_restart(database):
    async with database.sessions.begin() as session:
        session.add(Job(id=1, picture="a", state="running", attempts=3))
    async with LifespanManager(create_app(lambda: database)):
        async with database.sessions() as session:
            assert (await session.get(Job, 1)).attempts == 4


@pytest.mark.parametrize("state", ["done", "waiting"])
async def test_what_does_not_run_at_a_restart(database, state):
    async with database.sessions.begin() as session:
        session.add(Job(id=1, picture="a", state=state, attempts=3))
    async with LifespanManager(create_app(lambda: database)):
        async with database.sessions() as session:
            job = await session.get(Job, 1)
            assert (job.state, job.attempts) == (state, 3)
