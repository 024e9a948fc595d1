import hmac
from json import dumps
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from card_topups import Card, create_app

pytestmark = pytest.mark.anyio

PAYMENT = {"id": "p1", "card": "blue", "type": "payment.succeeded", "cents": 250}
REFUND = {"id": "r1", "card": "blue", "type": "payment.refunded", "cents": 250}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Provider:
    """Stands for the payment provider, and for the person who reads the cards."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self.sessions = sessions
        self.now = 5_000
        self.restart()

    def restart(self) -> None:
        self.app = create_app(self.sessions, b"key", lambda: self.now)

    async def add_card(self, number: str, cents: int = 0) -> None:
        async with self.sessions() as session:
            session.add(Card(number=number, balance_cents=cents))
            await session.commit()

    async def balance(self, number: str) -> int | None:
        async with self.sessions() as session:
            card = await session.get(Card, number)
            return card and card.balance_cents

    async def post(self, body: bytes, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://t") as client:
            return await client.post("/webhooks/payments", content=body, headers=headers)

    async def send(
        self,
        event: dict[str, Any],
        at: int | None = None,
        indent: str = "\t",
        key: bytes = b"key",
        instead: bytes | None = None,
    ) -> str:
        """Signed delivery; gives "status word". `instead` is sent in place of what was signed."""
        body = dumps(event, indent=indent).encode()
        time = str(self.now if at is None else at)
        signature = hmac.new(key, time.encode() + b"." + body, "sha256").hexdigest()
        headers = {"x-timestamp": time, "x-signature": signature}
        response = await self.post(body if instead is None else instead, headers)
        (word,) = response.json().values()
        assert list(response.json()) == ["status" if response.is_success else "detail"]
        return f"{response.status_code} {word}"


@pytest.fixture
async def provider(sessions: async_sessionmaker[AsyncSession]) -> Provider:
    provider = Provider(sessions)
    await provider.add_card("blue", 40)
    await provider.add_card("red", 40)
    return provider


class TestBooking:
    async def test_payment_then_refund(self, provider: Provider) -> None:
        assert await provider.send(PAYMENT) == "200 booked"
        assert await provider.balance("blue") == 290
        assert await provider.balance("red") == 40
        assert await provider.send(REFUND) == "200 booked"
        assert await provider.balance("blue") == 40

    async def test_refund_then_payment(self, provider: Provider) -> None:
        await provider.send(REFUND)
        assert await provider.balance("blue") == -210
        await provider.send(PAYMENT)
        assert await provider.balance("blue") == 40

    async def test_two_alike(self, provider: Provider) -> None:
        assert await provider.send(PAYMENT) == "200 booked"
        assert await provider.send(PAYMENT | {"id": "p2"}) == "200 booked"
        assert await provider.balance("blue") == 540

    @pytest.mark.parametrize("more", [{}, {"card": "blue", "cents": 3}])
    async def test_something_else(self, provider: Provider, more: dict[str, Any]) -> None:
        assert await provider.send({"id": "x", "type": "payout.paid"} | more) == "200 ignored"
        assert await provider.balance("blue") == 40


class TestAgain:
    @pytest.mark.parametrize("event", [PAYMENT, REFUND])
    async def test_later(self, provider: Provider, event: dict[str, Any]) -> None:
        await provider.send(event)
        after = await provider.balance("blue")
        provider.now += 86_400
        assert await provider.send(event) == "200 duplicate"
        assert await provider.send(event, indent="  ") == "200 duplicate"
        assert await provider.balance("blue") == after

    async def test_after_others_and_a_restart(self, provider: Provider) -> None:
        await provider.send(PAYMENT)
        await provider.send(PAYMENT | {"id": "p2"})
        assert await provider.send(PAYMENT) == "200 duplicate"
        provider.restart()
        assert await provider.send(PAYMENT) == "200 duplicate"
        assert await provider.balance("blue") == 540


class TestRefusal:
    async def expect_untouched(self, provider: Provider) -> None:
        assert await provider.balance("blue") == 40
        assert await provider.send(PAYMENT) == "200 booked"
        assert await provider.balance("blue") == 290

    async def test_other_secret(self, provider: Provider) -> None:
        assert await provider.send(PAYMENT, key=b"kez") == "401 bad signature"
        await self.expect_untouched(provider)

    async def test_other_body(self, provider: Provider) -> None:
        more = dumps(PAYMENT | {"cents": 99_999}).encode()
        assert await provider.send(PAYMENT, instead=more) == "401 bad signature"
        await self.expect_untouched(provider)

    @pytest.mark.parametrize("headers", [{}, {"x-signature": ""}, {"x-signature": "please"}])
    async def test_none(self, provider: Provider, headers: dict[str, str]) -> None:
        response = await provider.post(dumps(PAYMENT).encode(), {"x-timestamp": "5000"} | headers)
        assert (response.status_code, response.json()) == (401, {"detail": "bad signature"})
        await self.expect_untouched(provider)

    @pytest.mark.parametrize("at", [4_699, 5_301])
    async def test_time(self, provider: Provider, at: int) -> None:
        assert await provider.send(PAYMENT, at) == "400 stale"
        await self.expect_untouched(provider)

    @pytest.mark.parametrize("at", [4_700, 5_300])
    async def test_just_in_time(self, provider: Provider, at: int) -> None:
        assert await provider.send(PAYMENT, at) == "200 booked"

    async def test_card(self, provider: Provider) -> None:
        assert await provider.send(PAYMENT | {"card": "green"}) == "404 no such card"
        assert await provider.balance("green") is None
        await provider.add_card("green")
        assert await provider.send(PAYMENT | {"card": "green"}) == "200 booked"
        assert await provider.balance("green") == 250
