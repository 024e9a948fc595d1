"""Whose assessments a token opens, and what no, bad and foreign tokens get."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from placement_api import Assessment, create_app
from placement_tokens import issue_token

pytestmark = pytest.mark.asyncio

Sessions = async_sessionmaker[AsyncSession]
NOW = 1_900_000_000
KEY = b"a key for tests"
WELSH = {"id": 7, "language": "Welsh", "level": "B1"}
BASQUE = {"id": 8, "language": "Basque", "level": "A2"}
BRETON = {"id": 9, "language": "Breton", "level": "C1"}


@pytest_asyncio.fixture
async def client(sessions: Sessions) -> AsyncIterator[AsyncClient]:
    """A client without a token. Two assessments are Kim's, the one between them is Robin's."""
    async with sessions.begin() as session:
        session.add(Assessment(learner="Robin", **BASQUE))
        session.add(Assessment(learner="Kim", **BRETON))
        session.add(Assessment(learner="Kim", **WELSH))
    transport = ASGITransport(app=create_app(sessions, KEY, lambda: NOW))
    async with AsyncClient(transport=transport, base_url="http://school") as client:
        yield client


@pytest.fixture
def kim() -> dict[str, str]:
    """Kim's headers, good for one more second."""
    return bearer(issue_token("Kim", NOW + 1, KEY))


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def stored(sessions: Sessions) -> list[int]:
    async with sessions() as session:
        return list(await session.scalars(select(Assessment.id).order_by(Assessment.id)))


def assert_refused(response: Response) -> None:
    assert response.status_code == 401


async def test_a_learner_lists_their_own(client: AsyncClient, kim: dict[str, str]) -> None:
    response = await client.get("/assessments", headers=kim)

    assert (response.status_code, response.json()) == (200, [WELSH, BRETON])


async def test_who_has_none_gets_an_empty_list(client: AsyncClient) -> None:
    sasha = bearer(issue_token("Sasha", NOW + 1, KEY))

    response = await client.get("/assessments", headers=sasha)

    assert (response.status_code, response.json()) == (200, [])


async def test_a_learner_reads_one(client: AsyncClient, kim: dict[str, str]) -> None:
    response = await client.get("/assessments/9", headers=kim)

    assert (response.status_code, response.json()) == (200, BRETON)


async def test_a_learner_withdraws(
    client: AsyncClient, sessions: Sessions, kim: dict[str, str]
) -> None:
    response = await client.delete("/assessments/7", headers=kim)

    assert (response.status_code, response.content) == (204, b"")
    assert await stored(sessions) == [8, 9]


@pytest.mark.parametrize("number", [8, 10], ids=["foreign", "unknown"])
@pytest.mark.parametrize("method", ["GET", "DELETE"])
async def test_foreign_and_unknown_are_alike(
    client: AsyncClient, kim: dict[str, str], method: str, number: int
) -> None:
    response = await client.request(method, f"/assessments/{number}", headers=kim)

    assert response.status_code == 404


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", "/assessments"), ("GET", "/assessments/7"), ("DELETE", "/assessments/7")],
)
async def test_every_request_needs_a_token(client: AsyncClient, method: str, path: str) -> None:
    response = await client.request(method, path)

    assert_refused(response)


GOOD = issue_token("Kim", NOW + 1, KEY)
SIGNATURE = GOOD.rpartition(".")[2]


@pytest.mark.parametrize(
    "header",
    [
        pytest.param(f"Basic {GOOD}", id="another-scheme"),
        pytest.param(f"Bearer {issue_token('Kim', NOW, KEY)}", id="just-over"),
        pytest.param(f"Bearer {issue_token('Kim', NOW + 1, b'guessed')}", id="another-key"),
        pytest.param(f"Bearer Robin.{NOW + 1}.{SIGNATURE}", id="another-user"),
        pytest.param(f"Bearer Kim.{NOW + 2}.{SIGNATURE}", id="prolonged"),
        pytest.param("Bearer nonsense", id="no-token"),
    ],
)
async def test_a_bad_token_is_no_token(client: AsyncClient, header: str) -> None:
    response = await client.get("/assessments", headers={"Authorization": header})

    assert_refused(response)
