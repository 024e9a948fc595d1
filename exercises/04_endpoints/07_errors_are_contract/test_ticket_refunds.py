from unittest.mock import AsyncMock

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from ticket_refunds import Order, create_app


@pytest.mark.asyncio
async def test_a_refund(sessions: async_sessionmaker[AsyncSession]) -> None:
    async with sessions.begin() as session:
        session.add(Order(code="A17", cents=1200))
    transport = ASGITransport(app=create_app(sessions, AsyncMock()))

    async with AsyncClient(transport=transport, base_url="http://theatre") as client:
        wanted = {"order": "A17", "cents": 500, "currency": "EUR"}
        response = await client.post("/refunds", json=wanted)

    assert response.status_code == 201


@pytest.mark.asyncio
@pytest.mark.parametrize("change", [{"order": "B2"}, {"cents": -1}, {"currency": None}])
async def test_errors(
    sessions: async_sessionmaker[AsyncSession], change: dict[str, object]
) -> None:
    transport = ASGITransport(app=create_app(sessions, AsyncMock()))

    async with AsyncClient(transport=transport, base_url="http://theatre") as client:
        wanted = {"order": "A17", "cents": 500, "currency": "EUR", **change}
        response = await client.post("/refunds", json=wanted)

    assert response.status_code >= 400
