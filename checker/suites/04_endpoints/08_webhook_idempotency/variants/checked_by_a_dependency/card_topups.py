"""The webhook of a laundry's prepaid cards, with the checks in a dependency and a ledger of its own."""

import hashlib
import hmac
import json
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

TOLERANCE_S = 300


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
    return hmac.digest(secret, b".".join([timestamp.encode(), body]), "sha256").hex()


async def book(session: AsyncSession, event_id: str, number: str, cents: int) -> str:
    """Book an amount on a card, once for each event. Returns what became of it."""
    async with session.begin():
        card = await session.scalar(select(Card).where(Card.number == number))
        if await session.scalar(select(exists().where(BookedEvent.id == event_id))):
            return "duplicate"
        if card is None:
            raise HTTPException(404, "no such card")
        session.add(BookedEvent(id=event_id))
        card.balance_cents = card.balance_cents + cents
    return "booked"


def create_app(
    sessions: async_sessionmaker[AsyncSession], secret: bytes, clock: Callable[[], int]
) -> FastAPI:
    """The app. `clock` gives the time in whole seconds since 1970."""

    async def trusted_event(
        request: Request,
        x_timestamp: Annotated[str, Header()] = "",
        x_signature: Annotated[str, Header()] = "",
    ) -> dict[str, Any]:
        body = await request.body()
        wanted = sign(secret, x_timestamp, body)
        if not hmac.compare_digest(x_signature.encode(), wanted.encode()):
            raise HTTPException(401, "bad signature")
        if int(x_timestamp) not in range(clock() - TOLERANCE_S, clock() + TOLERANCE_S + 1):
            raise HTTPException(400, "stale")
        return dict(json.loads(body))

    router = APIRouter(prefix="/webhooks")

    @router.post("/payments")
    async def receive(event: Annotated[dict[str, Any], Depends(trusted_event)]) -> dict[str, str]:
        if event["type"] not in ("payment.succeeded", "payment.refunded"):
            return {"status": "ignored"}
        cents = event["cents"] if event["type"] == "payment.succeeded" else -event["cents"]
        async with sessions() as session:
            return {"status": await book(session, event["id"], event["card"], cents)}

    app = FastAPI()
    app.include_router(router)
    return app
