"""What the festival's requests answer, and what another session sees afterwards."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from festival_api import app, get_session
from festival_dao import Film, Rating

pytestmark = pytest.mark.asyncio

Sessions = async_sessionmaker[AsyncSession]
Rows = list[tuple[str, str, int]]


@pytest_asyncio.fixture
async def client(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncClient]:
    async def session_for_a_request() -> AsyncIterator[AsyncSession]:
        # As in production: opened for a request, closed after it. The tests have their own.
        async with sessions() as session:
            yield session

    monkeypatch.setitem(app.dependency_overrides, get_session, session_for_a_request)
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://festival") as client:
        yield client


@pytest_asyncio.fixture
async def before(sessions: Sessions) -> Rows:
    """An open film and a closed one, with two ratings each: what is stored, in order."""
    rows = [("alien", "ada", 4), ("alien", "kim", 2), ("dune", "kim", 3), ("dune", "robin", 2)]
    async with sessions.begin() as session:
        session.add_all([Film(code="dune"), Film(code="alien", is_open=False)])
        session.add_all(Rating(film=film, visitor=who, stars=stars) for film, who, stars in rows)
    return rows


@pytest.mark.parametrize("stars", [1, 5])
async def test_a_first_rating_is_kept(
    client: AsyncClient, before: Rows, stars: int
) -> None:
    response = await client.put("/films/dune/ratings/sasha", json={"stars": stars})

    expected = {"film": "dune", "visitor": "sasha", "stars": stars}
    assert (response.status_code, response.json()) == (201, expected)


async def test_a_changed_rating_is_kept(
    client: AsyncClient, before: Rows
) -> None:
    response = await client.put("/films/dune/ratings/kim", json={"stars": 5})

    expected = {"film": "dune", "visitor": "kim", "stars": 5}
    assert (response.status_code, response.json()) == (200, expected)
    changed = ("dune", "kim", 5)


async def test_a_removed_rating_is_gone(
    client: AsyncClient, before: Rows
) -> None:
    response = await client.delete("/films/dune/ratings/kim")

    assert response.status_code == 204


async def test_a_refused_ballot_leaves_its_neighbours(
    client: AsyncClient, before: Rows
) -> None:
    names = ["ada", "robin", "ben", "kim", "cleo"]
    ballots = [{"visitor": name, "stars": 5} for name in names]

    response = await client.post("/films/dune/ballots", json=ballots)

    expected = {"stored": 3, "refused": ["robin", "kim"]}
    assert (response.status_code, response.json()) == (200, expected)


async def test_ballots_without_refusals_are_kept(
    client: AsyncClient, before: Rows
) -> None:
    response = await client.post("/films/dune/ballots", json=[{"visitor": "ada", "stars": 1}])

    assert (response.status_code, response.json()) == (200, {"stored": 1, "refused": []})


PUT = ("PUT", "ratings/kim", {"stars": 5})
DELETE = ("DELETE", "ratings/kim", None)
BALLOTS = ("POST", "ballots", [{"visitor": "ben", "stars": 5}])


@pytest.mark.parametrize("request_", [PUT, DELETE, BALLOTS], ids=["put", "delete", "ballots"])
@pytest.mark.parametrize(
    ("film", "status", "detail"),
    [("alien", 409, "Voting is closed"), ("solaris", 404, "No such film")],
    ids=["closed", "unknown"],
)
async def test_no_votes_for_such_films(
    client: AsyncClient,
    before: Rows,
    request_: tuple[str, str, object],
    film: str,
    status: int,
    detail: str,
) -> None:
    method, path, body = request_

    response = await client.request(method, f"/films/{film}/{path}", json=body)

    assert (response.status_code, response.json()) == (status, {"detail": detail})


async def test_nothing_to_remove(client: AsyncClient, before: Rows) -> None:
    response = await client.delete("/films/dune/ratings/sasha")

    assert (response.status_code, response.json()) == (404, {"detail": "No such rating"})


@pytest.mark.parametrize("stars", [0, 6])
async def test_other_numbers_of_stars_change_nothing(
    client: AsyncClient, before: Rows, stars: int
) -> None:
    ballots = [{"visitor": "ada", "stars": 5}, {"visitor": "ben", "stars": stars}]

    for response in (
        await client.put("/films/dune/ratings/kim", json={"stars": stars}),
        await client.post("/films/dune/ballots", json=ballots),
    ):
        assert (response.status_code, response.json()) == (422, {"detail": "1 to 5 stars"})
