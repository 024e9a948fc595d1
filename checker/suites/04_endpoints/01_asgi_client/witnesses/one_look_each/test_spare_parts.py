import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from spare_parts import create_app

pytestmark = pytest.mark.asyncio

PART = {"code": "tube", "name": "Tube", "quantity": 3}


@pytest_asyncio.fixture
async def client(sessions):
    async with AsyncClient(transport=ASGITransport(create_app(sessions)), base_url="http://w") as client:
        yield client


async def test_there_is_a_location(client):
    assert "Location" in (await client.post("/parts", json=PART)).headers


async def test_the_answer_has_a_quantity(client):
    assert (await client.post("/parts", json=PART)).json()["quantity"] == 3


async def test_something_is_stored(client):
    await client.post("/parts", json=PART)
    assert (await client.get("/parts/tube")).status_code == 200


async def test_posted_twice_with_another_name(client):
    for name in ("Tube", "Other"):
        await client.post("/parts", json={**PART, "name": name})
    assert (await client.get("/parts/tube")).json()["name"] == "Tube"


async def test_posted_twice_without_an_accident(client):
    for _ in range(2):
        assert (await client.post("/parts", json=PART)).status_code < 500


async def test_the_name_after_taking(client):
    await client.post("/parts", json=PART)
    await client.post("/parts/tube/withdrawals", json={"quantity": 1})
    assert (await client.get("/parts/tube")).json()["name"] == "Tube"
