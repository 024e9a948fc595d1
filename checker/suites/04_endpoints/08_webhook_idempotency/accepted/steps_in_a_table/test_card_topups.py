"""Every case is a list of deliveries; after all of them the balances are compared."""

import hashlib
import hmac
from dataclasses import dataclass

import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from card_topups import Card, create_app

CLOCK = 10_000


@dataclass
class Delivery:
    """Type P or R (or another), id, card; how far the time is off; what the header says."""

    letter: str
    id: str = "1"
    card: str = "A"
    off: int = 0
    blanks: int = 1
    secret: str = "s3cret"
    header: str = "right"

    @property
    def body(self) -> str:
        type_ = {"P": "payment.succeeded", "R": "payment.refunded"}.get(self.letter, self.letter)
        gap = " " * self.blanks
        return f'{{{gap}"cents":{gap}30, "card": "{self.card}", "id":"{self.id}", "type":"{type_}"}}'

    def signature(self) -> str:
        text = f"{CLOCK + self.off}.{self.body}"
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    def headers(self) -> dict[str, str]:
        headers = {"X-Timestamp": str(CLOCK + self.off), "X-Signature": self.signature()}
        if self.header == "none":
            del headers["X-Signature"]
        elif self.header != "right":
            headers["X-Signature"] = self.header.strip("-")
        return headers


P, R = Delivery("P"), Delivery("R")
RESTART = Delivery("restart")
OPEN_C = Delivery("open C")

CASES: dict[str, tuple[list[tuple[Delivery, str]], dict[str, int]]] = {
    "payment": ([(P, "booked")], {"A": 35, "B": 5}),
    "refund": ([(R, "booked")], {"A": -25, "B": 5}),
    "refund first": ([(R, "booked"), (Delivery("P", "2"), "booked")], {"A": 5, "B": 5}),
    "two payments": ([(P, "booked"), (Delivery("P", "2"), "booked")], {"A": 65, "B": 5}),
    "again": ([(P, "booked"), (P, "duplicate")], {"A": 35, "B": 5}),
    "refund again": ([(R, "booked"), (R, "duplicate")], {"A": -25, "B": 5}),
    "again at another time": (
        [(P, "booked"), (Delivery("P", off=9), "duplicate")],
        {"A": 35, "B": 5},
    ),
    "again with blanks": ([(P, "booked"), (Delivery("P", blanks=4), "duplicate")], {"A": 35, "B": 5}),
    "again after another": (
        [(P, "booked"), (Delivery("R", "2", "B"), "booked"), (P, "duplicate")],
        {"A": 35, "B": -25},
    ),
    "again after a restart": (
        [(P, "booked"), (RESTART, ""), (P, "duplicate")],
        {"A": 35, "B": 5},
    ),
    "other type": ([(Delivery("payment.failed"), "ignored")], {"A": 5, "B": 5}),
    "no header": ([(Delivery("P", header="none"), "bad signature"), (P, "booked")], {"A": 35, "B": 5}),
    "empty header": ([(Delivery("P", header="-"), "bad signature")], {"A": 5, "B": 5}),
    "a word": ([(Delivery("P", header="trust me"), "bad signature")], {"A": 5, "B": 5}),
    "other body": (
        [(Delivery("P", header=Delivery("P", card="B").signature()), "bad signature")],
        {"A": 5, "B": 5},
    ),
    "other time": (
        [(Delivery("P", header=Delivery("P", off=1).signature()), "bad signature")],
        {"A": 5, "B": 5},
    ),
    "other secret": (
        [(Delivery("P", secret="secret"), "bad signature"), (P, "booked")],
        {"A": 35, "B": 5},
    ),
    "too old": ([(Delivery("P", off=-301), "stale"), (P, "booked")], {"A": 35, "B": 5}),
    "just not": ([(Delivery("P", off=-300), "booked")], {"A": 35, "B": 5}),
    "too new": ([(Delivery("P", off=301), "stale"), (P, "booked")], {"A": 35, "B": 5}),
    "still good": ([(Delivery("P", off=300), "booked")], {"A": 35, "B": 5}),
    "no card": (
        [(Delivery("P", card="C"), "no such card"), (OPEN_C, ""), (Delivery("P", card="C"), "booked")],
        {"A": 5, "B": 5, "C": 30},
    ),
}
REPLIES = {
    "booked": (200, {"status": "booked"}),
    "duplicate": (200, {"status": "duplicate"}),
    "ignored": (200, {"status": "ignored"}),
    "bad signature": (401, {"detail": "bad signature"}),
    "stale": (400, {"detail": "stale"}),
    "no such card": (404, {"detail": "no such card"}),
}


async def stored(sessions: async_sessionmaker[AsyncSession]) -> dict[str, int]:
    async with sessions() as session:
        rows = await session.execute(select(Card.number, Card.balance_cents))
        return {number: balance for number, balance in rows}


@pytest.mark.asyncio
@pytest.mark.parametrize("case", CASES)
async def test_deliveries(sessions: async_sessionmaker[AsyncSession], case: str) -> None:
    steps, expected = CASES[case]
    async with sessions.begin() as session:
        session.add_all(Card(number=number, balance_cents=5) for number in "AB")
    app = create_app(sessions, b"s3cret", lambda: CLOCK)

    for step, reply in steps:
        if step is RESTART:
            app = create_app(sessions, b"s3cret", lambda: CLOCK)
            continue
        if step is OPEN_C:
            assert await stored(sessions) == {"A": 5, "B": 5}
            async with sessions.begin() as session:
                session.add(Card(number="C", balance_cents=0))
            continue
        async with AsyncClient(transport=ASGITransport(app=app), base_url="http://x") as client:
            response = await client.post(
                "/webhooks/payments", content=step.body.encode(), headers=step.headers()
            )
        assert (response.status_code, response.json()) == REPLIES[reply]

    assert await stored(sessions) == expected


@pytest.mark.asyncio
async def test_the_example_of_the_brief(sessions: async_sessionmaker[AsyncSession]) -> None:
    app = create_app(sessions, b"soap", lambda: 1_800_000_000)
    headers = {
        "X-Timestamp": "1800000000",
        "X-Signature": "537e770a9e0f56eb791733a9b00e86d63435eac501dd9c02463bcf7ec9fa68f6",
    }
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://x") as client:
        response = await client.post(
            "/webhooks/payments", content=b'{"id": "evt_1",  "type": "ping"}', headers=headers
        )
    assert (response.status_code, response.json()) == (200, {"status": "ignored"})
