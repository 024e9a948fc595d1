"""One clock that the tests move, and a helper that signs people in."""

from contextlib import asynccontextmanager

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from placement_api import Assessment, create_app
from placement_tokens import issue_token


class Clock:
    def __init__(self) -> None:
        self.time = 100

    def __call__(self) -> int:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest_asyncio.fixture
async def as_(sessions, clock):
    """async with as_(user): a client with the user's token, good for ten seconds."""
    async with sessions.begin() as session:
        for number, learner, level in ((3, "Ines", "A1"), (4, "Ines", "A2"), (5, "Omar", "B1"), (6, "Omar", "B2")):
            session.add(Assessment(id=number, learner=learner, language="Gaelic", level=level))
    app = create_app(sessions, b"0123456789", clock)

    @asynccontextmanager
    async def client(user=None, authorization=None):
        if user:
            authorization = "Bearer " + issue_token(user, clock.time + 10, b"0123456789")
        headers = {} if authorization is None else {"Authorization": authorization}
        async with AsyncClient(transport=ASGITransport(app), base_url="http://a", headers=headers) as made:
            yield made

    return client


async def ids(client):
    response = await client.get("/assessments")
    assert response.status_code == 200
    return [each["id"] for each in response.json()]


async def check_refused(client):
    for response in (
        await client.get("/assessments"),
        await client.get("/assessments/3"),
        await client.delete("/assessments/3"),
    ):
        assert response.status_code == 401
        assert response.json() == {"detail": "Sign in first"}
        assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.asyncio
async def test_two_learners(as_):
    async with as_("Ines") as ines, as_("Omar") as omar, as_("Uma") as uma:
        assert (await ines.get("/assessments")).json() == [
            {"id": 3, "language": "Gaelic", "level": "A1"},
            {"id": 4, "language": "Gaelic", "level": "A2"},
        ]
        assert await ids(omar) == [5, 6]
        assert await ids(uma) == []

        mine = await omar.get("/assessments/6")
        assert (mine.status_code, mine.json()) == (200, {"id": 6, "language": "Gaelic", "level": "B2"})

        for response in (
            await ines.get("/assessments/6"),
            await ines.get("/assessments/7"),
            await ines.delete("/assessments/6"),
            await ines.delete("/assessments/7"),
        ):
            assert response.status_code == 404
            assert response.json() == {"detail": "No such assessment"}
        assert await ids(omar) == [5, 6]

        gone = await omar.delete("/assessments/6")
        assert (gone.status_code, gone.content) == (204, b"")
        assert await ids(omar) == [5]
        assert await ids(ines) == [3, 4]


@pytest.mark.asyncio
async def test_a_token_ends(as_, clock):
    async with as_("Ines") as client:
        clock.time += 9
        assert await ids(client) == [3, 4]
        clock.time += 1
        await check_refused(client)
        clock.time -= 1
        assert await ids(client) == [3, 4]


@pytest.mark.asyncio
@pytest.mark.parametrize("kind", ["none", "scheme", "key", "user", "time", "nonsense"])
async def test_bad_tokens(as_, kind):
    good = issue_token("Ines", 110, b"0123456789")
    signature = good.split(".")[-1]
    authorization = {
        "none": None,
        "scheme": f"Basic {good}",
        "key": "Bearer " + issue_token("Ines", 110, b"9876543210"),
        "user": f"Bearer Omar.110.{signature}",
        "time": f"Bearer Ines.111.{signature}",
        "nonsense": "Bearer nonsense",
    }[kind]
    async with as_(authorization=authorization) as client:
        await check_refused(client)
    async with as_("Ines") as ines:
        assert await ids(ines) == [3, 4]
