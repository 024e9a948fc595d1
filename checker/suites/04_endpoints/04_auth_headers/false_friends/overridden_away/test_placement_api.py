"""Whose assessments a token opens, and what no, bad and foreign tokens get."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from placement_api import Assessment, create_app, current_user

pytestmark = pytest.mark.asyncio

Sessions = async_sessionmaker[AsyncSession]
WELSH = {"id": 7, "language": "Welsh", "level": "B1"}
BASQUE = {"id": 8, "language": "Basque", "level": "A2"}
BRETON = {"id": 9, "language": "Breton", "level": "C1"}


@pytest_asyncio.fixture
async def client(sessions: Sessions) -> AsyncIterator[AsyncClient]:
    """A client that is signed in as Kim. Two assessments are Kim's, the one between them is Robin's."""
    async with sessions.begin() as session:
        session.add(Assessment(learner="Robin", **BASQUE))
        session.add(Assessment(learner="Kim", **BRETON))
        session.add(Assessment(learner="Kim", **WELSH))
    app = create_app(sessions, b"key", lambda: 0)
    app.dependency_overrides[current_user] = lambda: "Kim"
    transport = ASGITransport(app=app)
    async with AsyncClient(transport=transport, base_url="http://school") as client:
        yield client


async def stored(sessions: Sessions) -> list[int]:
    async with sessions() as session:
        return list(await session.scalars(select(Assessment.id).order_by(Assessment.id)))


async def test_a_learner_lists_their_own(client: AsyncClient) -> None:
    response = await client.get("/assessments")

    assert (response.status_code, response.json()) == (200, [WELSH, BRETON])


async def test_a_learner_reads_one(client: AsyncClient) -> None:
    response = await client.get("/assessments/9")

    assert (response.status_code, response.json()) == (200, BRETON)


async def test_a_learner_withdraws(client: AsyncClient, sessions: Sessions) -> None:
    response = await client.delete("/assessments/7")

    assert (response.status_code, response.content) == (204, b"")
    assert await stored(sessions) == [8, 9]


@pytest.mark.parametrize("number", [8, 10], ids=["foreign", "unknown"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_foreign_and_unknown_are_alike(
    client: AsyncClient, sessions: Sessions, method: str, number: int
) -> None:
    response = await client.request(method, f"/assessments/{number}")

    assert (response.status_code, response.json()) == (404, {"detail": "No such assessment"})
    assert await stored(sessions) == [7, 8, 9]
