import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import text

from festival_api import app, get_session
from festival_dao import Film, Rating

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def client(sessions, monkeypatch):
    async def one_session():
        async with sessions() as session:
            yield session

    async with sessions.begin() as session:
        session.add_all([Film(code="dune"), Film(code="alien", is_open=False)])
        session.add_all([Rating(film="dune", visitor=who, stars=2) for who in ("kim", "robin")])
    monkeypatch.setitem(app.dependency_overrides, get_session, one_session)
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://f") as client:
        yield client


async def ballots(client, *names, stars=3):
    body = [{"visitor": name, "stars": stars} for name in names]
    return await client.post("/films/dune/ballots", json=body)


async def test_one_before_a_refusal(client, sessions):
    await ballots(client, "ada", "kim")
    async with sessions() as session:
        assert await session.scalar(text("SELECT stars FROM ratings WHERE visitor = 'ada'")) == 3


async def test_two_refusals(client):
    assert len((await ballots(client, "robin", "kim")).json()["refused"]) == 2


async def test_one_bad_ballot(client):
    assert (await ballots(client, "ada", stars=6)).status_code == 422


async def test_unknown_film(client):
    assert (await client.put("/films/heat/ratings/kim", json={"stars": 3})).status_code == 404


async def test_closed_film(client):
    assert (await client.put("/films/alien/ratings/kim", json={"stars": 3})).status_code == 409


async def test_no_rating(client):
    assert (await client.delete("/films/dune/ratings/ada")).status_code == 404


async def test_another_rating_stays(client, sessions):
    await client.delete("/films/dune/ratings/kim")
    async with sessions() as session:
        assert await session.scalar(text("SELECT stars FROM ratings WHERE visitor = 'robin'")) == 2
