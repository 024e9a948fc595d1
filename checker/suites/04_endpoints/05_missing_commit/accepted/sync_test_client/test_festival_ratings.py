import asyncio

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from festival_api import app, get_session
from festival_dao import Film, Rating


class Festival:
    def __init__(self, sessions):
        self.sessions = sessions
        self.web = TestClient(app)

    async def session(self):
        async with self.sessions() as session:
            yield session

    def given(self, *rows):
        async def store():
            async with self.sessions.begin() as session:
                session.add_all(rows)

        asyncio.run(store())

    def stars(self):
        """{(film, visitor): stars}, read on a connection of its own."""

        async def read():
            async with self.sessions() as session:
                return {(f, v): s for f, v, s in await session.execute(text("SELECT film, visitor, stars FROM ratings"))}

        return asyncio.run(read())


@pytest.fixture
def festival(sessions):
    festival = Festival(sessions)
    app.dependency_overrides[get_session] = festival.session
    festival.given(
        Film(code="m"),
        Film(code="metropolis", is_open=False),
        Rating(film="m", visitor="lang", stars=1),
        Rating(film="m", visitor="lorre", stars=2),
        Rating(film="metropolis", visitor="lang", stars=3),
        Rating(film="metropolis", visitor="a", stars=1),
    )
    yield festival
    app.dependency_overrides.pop(get_session)


BEFORE = {("m", "lang"): 1, ("m", "lorre"): 2, ("metropolis", "lang"): 3, ("metropolis", "a"): 1}


def test_put(festival):
    answer = festival.web.put("/films/m/ratings/helm", json={"stars": 5})
    assert answer.status_code == 201
    assert answer.json() == {"film": "m", "visitor": "helm", "stars": 5}
    assert festival.stars() == {**BEFORE, ("m", "helm"): 5}
    answer = festival.web.put("/films/m/ratings/helm", json={"stars": 1})
    assert answer.status_code == 200
    assert answer.json() == {"film": "m", "visitor": "helm", "stars": 1}
    assert festival.stars() == {**BEFORE, ("m", "helm"): 1}


def test_delete(festival):
    assert festival.web.delete("/films/m/ratings/lang").status_code == 204
    assert festival.stars() == {key: stars for key, stars in BEFORE.items() if key != ("m", "lang")}
    again = festival.web.delete("/films/m/ratings/lang")
    assert again.status_code == 404
    assert again.json() == {"detail": "No such rating"}


@pytest.mark.parametrize(
    "names, refused",
    [(["a", "b"], []), (["a", "lorre", "b", "lang", "c"], ["lorre", "lang"]), (["lorre"], ["lorre"])],
)
def test_ballots(festival, names, refused):
    answer = festival.web.post("/films/m/ballots", json=[{"visitor": name, "stars": 4} for name in names])
    assert answer.status_code == 200
    assert answer.json() == {"stored": len(names) - len(refused), "refused": refused}
    assert festival.stars() == {**{("m", name): 4 for name in names}, **BEFORE}


def requests_for(film, stars):
    return [
        ("PUT", f"/films/{film}/ratings/lang", {"stars": stars}),
        ("PUT", f"/films/{film}/ratings/helm", {"stars": stars}),
        ("POST", f"/films/{film}/ballots", [{"visitor": "x", "stars": 3}, {"visitor": "y", "stars": stars}]),
    ]


@pytest.mark.parametrize("film, status, why", [("metropolis", 409, "Voting is closed"), ("faust", 404, "No such film")])
def test_film(festival, film, status, why):
    for method, path, body in [*requests_for(film, 5), ("DELETE", f"/films/{film}/ratings/lang", None)]:
        answer = festival.web.request(method, path, json=body)
        assert (answer.status_code, answer.json()) == (status, {"detail": why})
        assert festival.stars() == BEFORE


@pytest.mark.parametrize("stars", [-3, 0, 6])
def test_stars(festival, stars):
    for method, path, body in requests_for("m", stars):
        answer = festival.web.request(method, path, json=body)
        assert (answer.status_code, answer.json()) == (422, {"detail": "1 to 5 stars"})
        assert festival.stars() == BEFORE
