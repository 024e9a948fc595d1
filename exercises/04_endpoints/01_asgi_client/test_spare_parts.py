from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from spare_parts import create_app


@pytest_asyncio.fixture
async def client(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncClient]:
    async with AsyncClient(app=create_app(sessions), base_url="http://workshop") as client:
        yield client


@pytest.mark.asyncio
async def test_a_part_is_added(client: AsyncClient) -> None:
    part = {"code": "tube-28", "name": "Inner tube", "quantity": 1}

    response = await client.post("/parts", json=part)

    assert response.is_success


@pytest.mark.asyncio
async def test_a_part_is_read(client: AsyncClient) -> None:
    await client.post("/parts", json={"code": "tube-28", "name": "Inner tube", "quantity": 1})

    response = await client.get("/parts/tube-28")

    assert response.status_code == 200


@pytest.mark.asyncio
async def test_a_part_is_taken_out(client: AsyncClient) -> None:
    await client.post("/parts", json={"code": "tube-28", "name": "Inner tube", "quantity": 1})

    response = await client.post("/parts/tube-28/withdrawals", json={"quantity": 1})

    assert response.status_code == 200
