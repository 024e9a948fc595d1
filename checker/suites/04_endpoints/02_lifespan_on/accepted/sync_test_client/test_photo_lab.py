"""Sync tests: entering TestClient starts the app, leaving it stops the app."""

import asyncio

import pytest
from fastapi.testclient import TestClient

from photo_lab import Database, Job, create_app


def new_database(*jobs):
    async def make():
        made = Database("sqlite+aiosqlite:///:memory:")
        await made.create_tables()
        async with made.sessions.begin() as session:
            session.add_all(jobs)
        return made

    return asyncio.run(make())


@pytest.fixture
def lab():
    class Lab:
        """Counts what is opened."""

        def __init__(self):
            self.next = []
            self.opened = []

        def __call__(self):
            self.opened.append(self.next.pop(0))
            return self.opened[-1]

    lab = Lab()
    yield lab
    for database in lab.next + lab.opened:
        asyncio.run(database.close())


def test_start_and_stop_twice(lab):
    first, second = new_database(), new_database()
    lab.next = [first, second]
    app = create_app(lab)
    assert lab.opened == []
    with TestClient(app) as client:
        assert lab.opened == [first] and first.is_open
        client.get("/jobs"), client.post("/jobs", json={"picture": "a"}), client.get("/jobs")
        assert lab.opened == [first] and first.is_open
    assert not first.is_open
    with TestClient(app) as client:
        assert client.get("/jobs").json() == []
        assert lab.opened == [first, second] and second.is_open
    assert not second.is_open


def test_requeue(lab):
    database = new_database(
        Job(id=5, picture="e", state="running", attempts=2),
        Job(id=3, picture="c", state="done", attempts=1),
        Job(id=4, picture="d", state="running", attempts=1),
        Job(id=2, picture="b", state="waiting", attempts=1),
    )
    lab.next = [database]
    with TestClient(create_app(lab)) as client:
        expected = [
            {"id": 2, "picture": "b", "state": "waiting", "attempts": 1},
            {"id": 3, "picture": "c", "state": "done", "attempts": 1},
            {"id": 4, "picture": "d", "state": "waiting", "attempts": 2},
            {"id": 5, "picture": "e", "state": "waiting", "attempts": 3},
        ]
        assert client.get("/jobs").json() == expected

        async def take():
            async with database.sessions.begin() as session:
                (await session.get(Job, 4)).state = "running"

        asyncio.run(take())
        expected[2]["state"] = "running"
        for _ in range(2):
            listed = client.get("/jobs")
            assert listed.status_code == 200
            assert listed.json() == expected


def test_post(lab):
    lab.next = [new_database()]
    with TestClient(create_app(lab)) as client:
        made = client.post("/jobs", json={"picture": "a.png"})
        assert made.status_code == 201
        job = made.json()
        assert job == {"id": job["id"], "picture": "a.png", "state": "waiting", "attempts": 1}
        assert client.get("/jobs").json() == [job]


def test_no_tables(lab):
    lab.next = [Database("sqlite+aiosqlite:///:memory:")]
    with pytest.raises(Exception, match="no such table"):
        with TestClient(create_app(lab)):
            pytest.fail("the app has started")
    assert not lab.opened[0].is_open
