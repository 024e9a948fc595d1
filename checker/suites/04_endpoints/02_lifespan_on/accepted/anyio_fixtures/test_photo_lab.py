import pytest
from asgi_lifespan import LifespanManager
from httpx import ASGITransport, AsyncClient

from photo_lab import Database, Job, create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Opener:
    def __init__(self, *databases: Database) -> None:
        self.left = list(databases)
        self.calls = 0

    def __call__(self) -> Database:
        self.calls += 1
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


@pytest.fixture
async def empty():
    made = Database("sqlite+aiosqlite:///:memory:")
    yield made
    await made.close()


@pytest.fixture
async def tables(empty):
    await empty.create_tables()
    return empty


@pytest.fixture
async def jobs(tables):
    async with tables.sessions() as session:
        for number, state in enumerate(("done", "running", "running", "waiting"), start=10):
            session.add(Job(id=number, picture=f"{state}.jpg", state=state, attempts=number))
        await session.commit()


def client_on(manager):
    return AsyncClient(transport=ASGITransport(app=manager.app), base_url="http://photos")


class TestStart:
    async def test_opens_once(self, tables):
        opener = Opener(tables)
        app = create_app(opener)
        assert opener.calls == 0
        async with LifespanManager(app) as manager, client_on(manager) as client:
            assert opener.calls == 1
            assert (await client.get("/jobs")).json() == []
            assert (await client.get("/jobs")).json() == []
            assert opener.calls == 1
            assert tables.is_open

    @pytest.mark.usefixtures("jobs")
    async def test_requeues(self, tables):
        async with LifespanManager(create_app(lambda: tables)) as manager:
            async with client_on(manager) as client:
                listed = await client.get("/jobs")
        assert listed.status_code == 200
        assert listed.json() == [
            {"id": 10, "picture": "done.jpg", "state": "done", "attempts": 10},
            {"id": 11, "picture": "running.jpg", "state": "waiting", "attempts": 12},
            {"id": 12, "picture": "running.jpg", "state": "waiting", "attempts": 13},
            {"id": 13, "picture": "waiting.jpg", "state": "waiting", "attempts": 13},
        ]

    async def test_fails_without_tables(self, empty):
        with pytest.raises(Exception, match="no such table: jobs"):
            async with LifespanManager(create_app(lambda: empty)):
                raise AssertionError("started")
        assert not empty.is_open


class TestRun:
    async def test_adds(self, tables):
        async with LifespanManager(create_app(lambda: tables)) as manager, client_on(manager) as client:
            response = await client.post("/jobs", json={"picture": "sea.jpg"})
            assert response.status_code == 201
            number = response.json()["id"]
            assert response.json() == {"id": number, "picture": "sea.jpg", "state": "waiting", "attempts": 1}
            async with tables.sessions() as session:
                job = await session.get(Job, number)
            assert (job.picture, job.state, job.attempts) == ("sea.jpg", "waiting", 1)

    async def test_leaves_running_jobs_alone(self, tables):
        async with LifespanManager(create_app(lambda: tables)) as manager, client_on(manager) as client:
            async with tables.sessions.begin() as session:
                session.add(Job(id=1, picture="sea.jpg", state="running", attempts=1))
            for _ in range(3):
                (job,) = (await client.get("/jobs")).json()
                assert (job["state"], job["attempts"]) == ("running", 1)


class TestStop:
    async def test_closes(self, tables):
        async with LifespanManager(create_app(lambda: tables)):
            assert tables.is_open
        assert not tables.is_open

    async def test_starts_again(self, tables):
        other = Database("sqlite+aiosqlite:///:memory:")
        await other.create_tables()
        opener = Opener(tables, other)
        app = create_app(opener)
        async with LifespanManager(app):
            pass
        async with LifespanManager(app) as manager, client_on(manager) as client:
            assert opener.calls == 2
            assert (await client.post("/jobs", json={"picture": "sea.jpg"})).status_code == 201
            assert other.is_open
        assert not other.is_open
