"""What the workshop's API answers, and what is on the shelf afterwards."""

from collections.abc import Iterator

import pytest
import pytest_asyncio
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from spare_parts import Part, create_app

pytestmark = pytest.mark.asyncio

Sessions = async_sessionmaker[AsyncSession]
TUBE = {"code": "tube-28", "name": "Inner tube", "quantity": 12}
CHAIN = {"code": "chain-9", "name": "Chain", "quantity": 3}
NO_SUCH_PART = {"detail": "No such part"}


@pytest.fixture
def client(sessions: Sessions) -> Iterator[TestClient]:
    with TestClient(create_app(sessions)) as client:
        yield client


@pytest_asyncio.fixture
async def shelf(sessions: Sessions) -> None:
    """Both parts are stored."""
    async with sessions.begin() as session:
        session.add_all([Part(**TUBE), Part(**CHAIN)])


async def stored(sessions: Sessions) -> list[dict[str, object]]:
    """All parts on the shelf, by code."""
    async with sessions() as session:
        parts = await session.scalars(select(Part).order_by(Part.code))
        return [{"code": p.code, "name": p.name, "quantity": p.quantity} for p in parts]


async def test_a_new_part_is_stored_and_located(client: TestClient, sessions: Sessions) -> None:
    response = client.post("/parts", json=TUBE)

    assert response.status_code == 201
    assert response.json() == TUBE
    assert response.headers["Location"] == "/parts/tube-28"
    assert await stored(sessions) == [TUBE]


@pytest.mark.usefixtures("shelf")
async def test_a_code_is_taken_once(client: TestClient, sessions: Sessions) -> None:
    response = client.post("/parts", json={**TUBE, "name": "Tube, wide", "quantity": 5})

    assert response.status_code == 409
    assert response.json() == {"detail": "This part is there already"}
    assert await stored(sessions) == [CHAIN, TUBE]


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize("part", [TUBE, CHAIN], ids=["tube", "chain"])
async def test_a_part_is_read_by_its_code(client: TestClient, part: dict[str, object]) -> None:
    response = client.get(f"/parts/{part['code']}")

    assert (response.status_code, response.json()) == (200, part)


@pytest.mark.usefixtures("shelf")
@pytest.mark.parametrize(("taken", "left"), [(2, 1), (3, 0)], ids=["some", "all"])
async def test_pieces_are_taken_out(
    client: TestClient, sessions: Sessions, taken: int, left: int
) -> None:
    response = client.post("/parts/chain-9/withdrawals", json={"quantity": taken})

    assert (response.status_code, response.json()) == (200, {**CHAIN, "quantity": left})
    assert await stored(sessions) == [{**CHAIN, "quantity": left}, TUBE]


@pytest.mark.usefixtures("shelf")
async def test_no_more_is_taken_than_there_is(client: TestClient, sessions: Sessions) -> None:
    response = client.post("/parts/chain-9/withdrawals", json={"quantity": 4})

    assert (response.status_code, response.json()) == (409, {"detail": "Only 3 left"})
    assert await stored(sessions) == [CHAIN, TUBE]


@pytest.mark.usefixtures("shelf")
async def test_an_unknown_part_cannot_be_read(client: TestClient, sessions: Sessions) -> None:
    response = client.get("/parts/bell")

    assert (response.status_code, response.json()) == (404, NO_SUCH_PART)
    assert await stored(sessions) == [CHAIN, TUBE]


@pytest.mark.usefixtures("shelf")
async def test_an_unknown_part_cannot_be_taken(client: TestClient, sessions: Sessions) -> None:
    response = client.post("/parts/bell/withdrawals", json={"quantity": 1})

    assert (response.status_code, response.json()) == (404, NO_SUCH_PART)
    assert await stored(sessions) == [CHAIN, TUBE]
