import json

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from card_topups import Card, create_app, sign

NOW = 1_800_000_000
EVENT = {"id": "evt_1", "type": "payment.succeeded", "card": "C-7", "cents": 500}


@pytest.mark.asyncio
async def test_an_event_can_come_twice(sessions: async_sessionmaker[AsyncSession]) -> None:
    async with sessions.begin() as session:
        session.add(Card(number="C-7", balance_cents=0))
    app = create_app(sessions, b"soap", lambda: NOW)
    body = json.dumps(EVENT).encode()
    headers = {"X-Timestamp": str(NOW), "X-Signature": sign(b"soap", str(NOW), body)}

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://laundry") as client:
        for _ in range(2):
            response = await client.post("/webhooks/payments", content=body, headers=headers)
            assert response.status_code == 200
