import hmac

import pytest
from httpx import ASGITransport, AsyncClient, Response
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from card_topups import Card, create_app

pytestmark = pytest.mark.asyncio
Sessions = async_sessionmaker[AsyncSession]
PAYMENT = b'{ "id": "e", "type": "payment.succeeded", "card": "1",  "cents": 5}'
OTHER = PAYMENT.replace(b"succeeded", b"failed")


async def post(sessions: Sessions, body: bytes, times: int = 1) -> Response:
    async with sessions.begin() as session:
        session.add(Card(number="1", balance_cents=0))
    app = create_app(sessions, b"s", lambda: 9)
    transport = ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"X-Timestamp": "9", "X-Signature": hmac.new(b"s", b"9." + body, "sha256").hexdigest()}
    async with AsyncClient(transport=transport, base_url="http://w") as client:
        for _ in range(times):
            response = await client.post("/webhooks/payments", content=body, headers=headers)
    return response


async def balance(sessions: Sessions) -> int:
    async with sessions() as session:
        return (await session.get_one(Card, "1")).balance_cents


async def test_another_type_is_no_crash(sessions: Sessions) -> None:
    assert (await post(sessions, OTHER)).status_code < 500


async def test_another_type_changes_no_balance(sessions: Sessions) -> None:
    await post(sessions, OTHER)
    assert await balance(sessions) == 0


async def test_an_unknown_card_is_not_found(sessions: Sessions) -> None:
    assert (await post(sessions, PAYMENT.replace(b'"1"', b'"2"'))).status_code == 404


async def test_a_replay_is_no_error(sessions: Sessions) -> None:
    assert (await post(sessions, PAYMENT, 2)).status_code == 200


async def test_a_replay_changes_no_balance(sessions: Sessions) -> None:
    await post(sessions, PAYMENT, 2)
    assert await balance(sessions) == 5
