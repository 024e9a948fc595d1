"""The webhook of a laundry's prepaid cards: the event is inserted first, and the key decides."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import TypeAdapter
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TOLERANCE_S = 300
ANY_OBJECT = TypeAdapter(dict[str, Any])
Reply = tuple[int, dict[str, str]]


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
    mac = hmac.new(secret, digestmod=hashlib.sha256)
    for part in (timestamp.encode("latin-1"), b".", body):
        mac.update(part)
    return mac.hexdigest()


async def book(session: AsyncSession, event_id: str, number: str, cents: int) -> Reply:
    """Book an amount on a card, once for each event."""
    try:
        await session.execute(insert(BookedEvent).values(id=event_id))
    except IntegrityError:
        return 200, {"status": "duplicate"}
    more = {"balance_cents": Card.balance_cents + cents}
    found = await session.execute(update(Card).where(Card.number == number).values(more))
    if not found.rowcount:  # type: ignore[attr-defined]
        await session.rollback()
        return 404, {"detail": "no such card"}
    await session.commit()
    return 200, {"status": "booked"}


class Receiver:
    """Takes deliveries."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], secret: bytes, clock: Callable[[], int]
    ) -> None:
        self.sessions, self.secret, self.clock = sessions, secret, clock

    async def receive(self, request: Request) -> JSONResponse:
        status, content = await self.take(request)
        return JSONResponse(content, status)

    async def take(self, request: Request) -> Reply:
        body = b"".join([chunk async for chunk in request.stream()])
        headers = request.headers
        timestamp = headers.get("x-timestamp") or "0"
        wanted = sign(self.secret, timestamp, body)
        if headers.get("x-signature") != wanted:
            return 401, {"detail": "bad signature"}
        sent = int(timestamp)
        now = self.clock()
        if sent < now - TOLERANCE_S or sent > now + TOLERANCE_S:
            return 400, {"detail": "stale"}
        match ANY_OBJECT.validate_json(body):
            case {"type": "payment.succeeded", "id": event_id, "card": card, "cents": cents}:
                pass
            case {"type": "payment.refunded", "id": event_id, "card": card, "cents": cents}:
                cents = -cents
            case _:
                return 200, {"status": "ignored"}
        async with self.sessions() as session:
            return await book(session, event_id, card, cents)


def create_app(
    sessions: async_sessionmaker[AsyncSession], secret: bytes, clock: Callable[[], int]
) -> FastAPI:
    """The app. `clock` gives the time in whole seconds since 1970."""
    app = FastAPI()
    app.add_api_route("/webhooks/payments", Receiver(sessions, secret, clock).receive, methods=["POST"])
    return app
