import asyncio
import hashlib
import hmac
from collections.abc import Awaitable, Callable

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.pool import StaticPool

from card_topups import Base, Card, create_app


class World:
    """Everything a test needs, made inside the loop that runs it."""

    def __init__(self, engine: AsyncEngine) -> None:
        self.sessions = async_sessionmaker(engine)
        self.time = 1_000
        self.new_app()

    def new_app(self) -> None:
        self.app = create_app(self.sessions, b"wash", self.clock)

    def clock(self) -> int:
        return self.time

    async def post(self, body: bytes, **headers: str) -> tuple[int, str]:
        headers = {f"X-{name.title()}": value for name, value in headers.items()}
        async with AsyncClient(
            transport=ASGITransport(app=self.app), base_url="http://laundry.test"
        ) as client:
            response = await client.post("/webhooks/payments", content=body, headers=headers)
        return response.status_code, response.text

    async def signed(self, body: bytes, time: int | None = None) -> tuple[int, str]:
        stamp = str(time or self.time)
        return await self.post(body, timestamp=stamp, signature=signature(stamp, body))

    async def cents(self) -> list[int]:
        async with self.sessions() as session:
            cards = [await session.get(Card, number) for number in ("1", "2")]
            return [card.balance_cents for card in cards if card is not None]


def signature(stamp: str, body: bytes) -> str:
    return hmac.new(b"wash", stamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def run(play: Callable[[World], Awaitable[None]]) -> None:
    async def main() -> None:
        engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
            rows = [{"number": "1", "balance_cents": 0}, {"number": "2", "balance_cents": 70}]
            await connection.execute(insert(Card), rows)
        try:
            await play(World(engine))
        finally:
            await engine.dispose()

    asyncio.run(main())


PAID = b'{"id":"a" , "type":"payment.succeeded", "card":"1", "cents":20}\n'
PAID_AGAIN = b'\n{"type":"payment.succeeded", "id" : "a", "cents":20, "card":"1"}'
ALSO_PAID = PAID.replace(b'"a"', b'"b"')
BACK = b'{"id":"c" , "type":"payment.refunded", "card":"1", "cents":20}\n'
BOOKED = (200, '{"status":"booked"}')
DUPLICATE = (200, '{"status":"duplicate"}')
IGNORED = (200, '{"status":"ignored"}')
BAD = (401, '{"detail":"bad signature"}')
STALE = (400, '{"detail":"stale"}')
NO_CARD = (404, '{"detail":"no such card"}')


def test_money_comes_and_goes() -> None:
    async def play(world: World) -> None:
        assert await world.signed(BACK) == BOOKED
        assert await world.cents() == [-20, 70]
        assert await world.signed(PAID) == BOOKED
        assert await world.cents() == [0, 70]
        assert await world.signed(ALSO_PAID) == BOOKED
        assert await world.cents() == [20, 70]

    run(play)


def test_nothing_counts_twice() -> None:
    async def play(world: World) -> None:
        assert await world.signed(PAID) == BOOKED
        assert await world.signed(BACK) == BOOKED
        world.time = 2_000
        assert await world.signed(PAID) == DUPLICATE
        assert await world.signed(PAID_AGAIN) == DUPLICATE
        assert await world.signed(BACK) == DUPLICATE
        world.new_app()
        assert await world.signed(PAID) == DUPLICATE
        assert await world.cents() == [0, 70]

    run(play)


def test_other_types() -> None:
    async def play(world: World) -> None:
        assert await world.signed(PAID.replace(b"succeeded", b"disputed")) == IGNORED
        assert await world.signed(b'{"id": "z", "type": "hello"}') == IGNORED
        assert await world.cents() == [0, 70]

    run(play)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"signature": ""},
        {"signature": "x"},
        {"signature": signature("1000", ALSO_PAID)},
        {"signature": signature("1001", PAID)},
    ],
)
def test_forgeries(wrong: dict[str, str]) -> None:
    async def play(world: World) -> None:
        assert await world.post(PAID, timestamp="1000", **wrong) == BAD
        assert await world.cents() == [0, 70]
        assert await world.signed(PAID) == BOOKED

    run(play)


@pytest.mark.parametrize(("time", "reply"), [(699, STALE), (700, BOOKED), (1300, BOOKED), (1301, STALE)])
def test_times(time: int, reply: tuple[int, str]) -> None:
    async def play(world: World) -> None:
        assert await world.signed(PAID, time) == reply
        assert await world.cents() == [20 if reply == BOOKED else 0, 70]
        assert await world.signed(PAID) == (DUPLICATE if reply == BOOKED else BOOKED)

    run(play)


def test_cards_that_are_not_there() -> None:
    lost = b'{"id":"a" ,"card":"3","cents":20,"type":"payment.succeeded"}'

    async def play(world: World) -> None:
        assert await world.signed(lost) == NO_CARD
        async with world.sessions.begin() as session:
            session.add(Card(number="3", balance_cents=1))
        assert await world.signed(lost) == BOOKED
        async with world.sessions() as session:
            card = await session.get(Card, "3")
        assert card is not None and card.balance_cents == 21

    run(play)
