import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from placement_api import Assessment, create_app
from placement_tokens import issue_token

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def client(sessions):
    async with sessions.begin() as session:
        session.add(Assessment(id=1, learner="Kim", language="Welsh", level="B1"))
        session.add(Assessment(id=2, learner="Kim", language="Breton", level="B2"))
    headers = {"Authorization": "Bearer " + issue_token("Kim", 105, b"k")}
    transport = ASGITransport(create_app(sessions, b"k", lambda: 100))
    async with AsyncClient(transport=transport, base_url="http://w", headers=headers) as client:
        yield client


async def test_there_are_two(client):
    assert len((await client.get("/assessments")).json()) == 2


async def test_the_first_one_is_still_there(client):
    await client.delete("/assessments/2")
    assert (await client.get("/assessments/1")).status_code == 200


async def test_the_second_one_is_gone(client):
    await client.delete("/assessments/2")
    assert (await client.get("/assessments/2")).status_code == 404
