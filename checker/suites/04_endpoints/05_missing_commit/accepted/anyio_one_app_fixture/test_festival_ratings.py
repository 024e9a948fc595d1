from unittest.mock import patch

import httpx
import pytest
from sqlalchemy import select

from festival_api import app, get_session
from festival_dao import Film, Rating

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def api(sessions):
    async def one_session():
        session = sessions()
        try:
            yield session
        finally:
            await session.close()

    transport = httpx.ASGITransport(app)
    with patch.dict(app.dependency_overrides, {get_session: one_session}):
        async with httpx.AsyncClient(transport=transport, base_url="http://f") as client:
            yield client


@pytest.fixture
async def films(sessions):
    async with sessions() as session:
        session.add(Film(code="open", is_open=True))
        session.add(Film(code="closed", is_open=False))
        for film in ("open", "closed"):
            for number, visitor in enumerate(("una", "theo"), start=2):
                session.add(Rating(film=film, visitor=visitor, stars=number))
        session.add(Rating(film="closed", visitor="ann", stars=5))
        await session.commit()


@pytest.fixture
async def snapshot(sessions):
    async def take():
        async with sessions() as session:
            rows = (await session.execute(select(Rating.film, Rating.visitor, Rating.stars))).all()
            return {tuple(row) for row in rows}

    return take


AT_FIRST = {
    *[("open", "una", 2), ("open", "theo", 3)],
    *[("closed", "una", 2), ("closed", "theo", 3), ("closed", "ann", 5)],
}

pytestmark = [pytestmark, pytest.mark.usefixtures("films")]


class TestRating:
    async def test_first(self, api, snapshot):
        response = await api.put("/films/open/ratings/max", json={"stars": 1})
        assert response.status_code == 201
        assert response.json() == {"film": "open", "visitor": "max", "stars": 1}
        assert await snapshot() == AT_FIRST | {("open", "max", 1)}

    async def test_second(self, api, snapshot):
        response = await api.put("/films/open/ratings/una", json={"stars": 5})
        assert response.status_code == 200
        assert response.json() == {"film": "open", "visitor": "una", "stars": 5}
        assert await snapshot() == AT_FIRST - {("open", "una", 2)} | {("open", "una", 5)}


class TestRemoval:
    async def test_removed(self, api, snapshot):
        response = await api.delete("/films/open/ratings/theo")
        assert response.status_code == 204
        assert await snapshot() == AT_FIRST - {("open", "theo", 3)}

    async def test_nothing_there(self, api, snapshot):
        response = await api.delete("/films/open/ratings/max")
        assert response.status_code == 404
        assert response.json() == {"detail": "No such rating"}
        assert await snapshot() == AT_FIRST


class TestBallots:
    async def test_all_new(self, api, snapshot):
        ballots = [{"visitor": "max", "stars": 1}, {"visitor": "ann", "stars": 5}]
        response = await api.post("/films/open/ballots", json=ballots)
        assert response.status_code == 200
        assert response.json() == {"stored": 2, "refused": []}
        assert await snapshot() == AT_FIRST | {("open", "max", 1), ("open", "ann", 5)}

    async def test_some_refused(self, api, snapshot):
        ballots = [{"visitor": who, "stars": 1} for who in ("max", "una", "theo", "ann")]
        response = await api.post("/films/open/ballots", json=ballots)
        assert response.json() == {"stored": 2, "refused": ["una", "theo"]}
        assert await snapshot() == AT_FIRST | {("open", "max", 1), ("open", "ann", 1)}


CASES = [
    pytest.param("PUT", "/films/{}/ratings/una", {"stars": 4}, id="change"),
    pytest.param("DELETE", "/films/{}/ratings/una", None, id="remove"),
    pytest.param("POST", "/films/{}/ballots", [{"visitor": "max", "stars": 4}], id="ballots"),
]


@pytest.mark.parametrize("method, path, body", CASES)
@pytest.mark.parametrize("film, expected", [("closed", (409, "Voting is closed")), ("none", (404, "No such film"))])
async def test_refused_for_the_film(api, snapshot, method, path, body, film, expected):
    response = await api.request(method, path.format(film), json=body)
    assert (response.status_code, response.json()["detail"]) == expected
    assert await snapshot() == AT_FIRST


@pytest.mark.parametrize("stars", [0, 6])
@pytest.mark.parametrize("where", ["rating", "ballot"])
async def test_refused_for_the_stars(api, snapshot, stars, where):
    if where == "rating":
        response = await api.put("/films/open/ratings/una", json={"stars": stars})
    else:
        ballots = [{"visitor": "a", "stars": 3}, {"visitor": "b", "stars": stars}, {"visitor": "c", "stars": 3}]
        response = await api.post("/films/open/ballots", json=ballots)
    assert (response.status_code, response.json()) == (422, {"detail": "1 to 5 stars"})
    assert await snapshot() == AT_FIRST
