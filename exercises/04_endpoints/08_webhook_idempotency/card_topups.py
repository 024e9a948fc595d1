"""The webhook of a laundry's prepaid cards: what the payment provider reports is booked on a card.

The provider delivers each event at least once, in no particular order.
"""

import hashlib
import hmac
import json
from collections.abc import Callable

from fastapi import FastAPI, HTTPException, Request
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TOLERANCE_S = 300
DIRECTIONS = {"payment.succeeded": 1, "payment.refunded": -1}


class Base(DeclarativeBase):
    """The tables of the laundry."""


class Card(Base):
    """A prepaid card and what is left on it."""

    __tablename__ = "cards"
    number: Mapped[str] = mapped_column(primary_key=True)
    balance_cents: Mapped[int]


class BookedEvent(Base):
    """An event that has been booked, and must not be booked again."""

    __tablename__ = "booked_events"
    id: Mapped[str] = mapped_column(primary_key=True)


def sign(secret: bytes, timestamp: str, body: bytes) -> str:
    """The signature that belongs to a timestamp and a body."""
    return hmac.new(secret, timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


async def book(session: AsyncSession, event_id: str, number: str, cents: int) -> str:
    """Book an amount on a card, once for each event. Returns what became of it."""
    if await session.get(BookedEvent, event_id) is not None:
        return "duplicate"
    card = await session.get(Card, number)
    if card is None:
        raise HTTPException(404, "no such card")
    card.balance_cents += cents
    session.add(BookedEvent(id=event_id))
    await session.commit()
    return "booked"


def create_app(
    sessions: async_sessionmaker[AsyncSession], secret: bytes, clock: Callable[[], int]
) -> FastAPI:
    """The app. `clock` gives the time in whole seconds since 1970."""
    app = FastAPI()

    @app.post("/webhooks/payments")
    async def receive(request: Request) -> dict[str, str]:
        body = await request.body()
        timestamp = request.headers.get("X-Timestamp", "")
        given = request.headers.get("X-Signature", "")
        if not hmac.compare_digest(given.encode(), sign(secret, timestamp, body).encode()):
            raise HTTPException(401, "bad signature")
        if abs(clock() - int(timestamp)) > TOLERANCE_S:
            raise HTTPException(400, "stale")
        event = json.loads(body)
        direction = DIRECTIONS.get(event["type"])
        if direction is None:
            return {"status": "ignored"}
        async with sessions() as session:
            cents = direction * event["cents"]
            status = await book(session, event["id"], event["card"], cents)
        return {"status": status}

    return app
