"""A session watches the database on its own connection. It rolls back before each look, to see what is new."""

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from festival_api import app, get_session


class Watcher:
    def __init__(self, session):
        self.session = session

    async def run(self, statement):
        await self.session.execute(text(statement))
        await self.session.commit()

    async def look(self):
        await self.session.rollback()
        rows = await self.session.execute(text("SELECT film || '/' || visitor, stars FROM ratings ORDER BY 1"))
        seen = {key: stars for key, stars in rows}
        await self.session.rollback()
        return seen


@pytest_asyncio.fixture
async def watcher(sessions):
    async with sessions() as session:
        watcher = Watcher(session)
        await watcher.run("INSERT INTO films (code, is_open) VALUES ('jaws', 1), ('heat', 0)")
        await watcher.run("INSERT INTO ratings VALUES ('jaws', 'bo', 2), ('jaws', 'cy', 3), ('heat', 'bo', 4), ('heat', 'di', 5)")
        yield watcher


@pytest_asyncio.fixture
async def client(sessions):
    async def get_one():
        async with sessions() as session:
            yield session

    before = app.dependency_overrides.copy()
    app.dependency_overrides[get_session] = get_one
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://festival") as client:
        yield client
    app.dependency_overrides = before


def ballots(**stars):
    return [{"visitor": visitor, "stars": each} for visitor, each in stars.items()]


@pytest.mark.asyncio
async def test_a_rating_comes_changes_and_goes(client, watcher):
    response = await client.put("/films/jaws/ratings/al", json={"stars": 5})
    assert (response.status_code, response.json()) == (201, {"film": "jaws", "visitor": "al", "stars": 5})
    assert await watcher.look() == {"jaws/al": 5, "jaws/bo": 2, "jaws/cy": 3, "heat/bo": 4, "heat/di": 5}

    response = await client.put("/films/jaws/ratings/bo", json={"stars": 1})
    assert (response.status_code, response.json()) == (200, {"film": "jaws", "visitor": "bo", "stars": 1})
    assert await watcher.look() == {"jaws/al": 5, "jaws/bo": 1, "jaws/cy": 3, "heat/bo": 4, "heat/di": 5}

    response = await client.delete("/films/jaws/ratings/bo")
    assert response.status_code == 204
    assert await watcher.look() == {"jaws/al": 5, "jaws/cy": 3, "heat/bo": 4, "heat/di": 5}

    response = await client.delete("/films/jaws/ratings/bo")
    assert (response.status_code, response.json()) == (404, {"detail": "No such rating"})
    assert await watcher.look() == {"jaws/al": 5, "jaws/cy": 3, "heat/bo": 4, "heat/di": 5}


@pytest.mark.asyncio
async def test_ballots(client, watcher):
    response = await client.post("/films/jaws/ballots", json=ballots(al=5, cy=5, bo=5, di=1))
    assert (response.status_code, response.json()) == (200, {"stored": 2, "refused": ["cy", "bo"]})
    assert await watcher.look() == {"jaws/al": 5, "jaws/bo": 2, "jaws/cy": 3, "jaws/di": 1, "heat/bo": 4, "heat/di": 5}

    response = await client.post("/films/jaws/ballots", json=ballots(ed=2, fi=4))
    assert (response.status_code, response.json()) == (200, {"stored": 2, "refused": []})
    seen = await watcher.look()
    assert (seen["jaws/ed"], seen["jaws/fi"]) == (2, 4)


@pytest.mark.asyncio
async def test_refusals(client, watcher):
    before = await watcher.look()
    for film, expected in (
        ("heat", (409, {"detail": "Voting is closed"})),
        ("alien", (404, {"detail": "No such film"})),
    ):
        for response in (
            await client.put(f"/films/{film}/ratings/bo", json={"stars": 5}),
            await client.delete(f"/films/{film}/ratings/bo"),
            await client.post(f"/films/{film}/ballots", json=ballots(al=5)),
        ):
            assert (response.status_code, response.json()) == expected
        assert await watcher.look() == before

    for stars in (0, 6):
        for response in (
            await client.put("/films/jaws/ratings/bo", json={"stars": stars}),
            await client.post("/films/jaws/ballots", json=ballots(al=5, di=stars)),
        ):
            assert (response.status_code, response.json()) == (422, {"detail": "1 to 5 stars"})
        assert await watcher.look() == before
