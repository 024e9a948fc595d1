import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select

from spare_parts import Part, create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def http(sessions):
    client = AsyncClient(transport=ASGITransport(create_app(sessions)), base_url="http://test")
    yield client
    await client.aclose()


@pytest.fixture
async def quantities(sessions):
    """What is on the shelf: (name, quantity) by code."""

    async def look() -> dict[str, tuple[str, int]]:
        async with sessions() as session:
            rows = await session.execute(select(Part.code, Part.name, Part.quantity))
            return {code: (name, quantity) for code, name, quantity in rows}

    return look


class TestEmptyShelf:
    async def test_adds(self, http, quantities):
        response = await http.post("/parts", json={"code": "spoke", "name": "Spoke", "quantity": 64})

        assert response.status_code == 201
        assert response.headers["location"] == "/parts/spoke"
        assert response.json() == {"code": "spoke", "name": "Spoke", "quantity": 64}
        assert await quantities() == {"spoke": ("Spoke", 64)}

    @pytest.mark.parametrize("method, path, body", [
        ("GET", "/parts/spoke", None),
        ("POST", "/parts/spoke/withdrawals", {"quantity": 1}),
    ])
    async def test_knows_nothing(self, http, quantities, method, path, body):
        response = await http.request(method, path, json=body)

        assert response.status_code == 404
        assert response.json() == {"detail": "No such part"}
        assert await quantities() == {}


class TestFullShelf:
    @pytest.fixture(autouse=True)
    async def filled(self, sessions):
        async with sessions() as session:
            session.add(Part(code="spoke", name="Spoke", quantity=64))
            session.add(Part(code="nipple", name="Spoke nipple", quantity=60))
            await session.commit()

    async def test_refuses_the_same_code(self, http, quantities):
        response = await http.post("/parts", json={"code": "nipple", "name": "Other", "quantity": 1})

        assert response.status_code == 409
        assert response.json() == {"detail": "This part is there already"}
        assert await quantities() == {"spoke": ("Spoke", 64), "nipple": ("Spoke nipple", 60)}

    async def test_reads(self, http):
        first, second = await http.get("/parts/spoke"), await http.get("/parts/nipple")

        assert first.status_code == second.status_code == 200
        assert first.json() == {"code": "spoke", "name": "Spoke", "quantity": 64}
        assert second.json() == {"code": "nipple", "name": "Spoke nipple", "quantity": 60}

    @pytest.mark.parametrize("pieces", [1, 36, 60])
    async def test_takes(self, http, quantities, pieces):
        response = await http.post("/parts/nipple/withdrawals", json={"quantity": pieces})

        assert response.status_code == 200
        assert response.json() == {"code": "nipple", "name": "Spoke nipple", "quantity": 60 - pieces}
        assert await quantities() == {"spoke": ("Spoke", 64), "nipple": ("Spoke nipple", 60 - pieces)}

    async def test_refuses_too_many(self, http, quantities):
        response = await http.post("/parts/nipple/withdrawals", json={"quantity": 61})

        assert response.status_code == 409
        assert response.json()["detail"] == "Only 60 left"
        assert await quantities() == {"spoke": ("Spoke", 64), "nipple": ("Spoke nipple", 60)}
