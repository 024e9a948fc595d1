"""Refunds of a theatre's tickets. What goes wrong is told as a code that other programs read."""

from collections.abc import AsyncIterator
from typing import Annotated, Any, Protocol

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ACCOUNTS = {"EUR": "theatre-eur", "SEK": "theatre-sek"}
"""The account from which the bank pays back, for each currency that the theatre takes."""


class Base(DeclarativeBase):
    """The tables of the box office."""


class Order(Base):
    """What somebody paid for tickets."""

    __tablename__ = "orders"
    code: Mapped[str] = mapped_column(primary_key=True)
    cents: Mapped[int]


class Refund(Base):
    """What was paid back of an order."""

    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[str]
    cents: Mapped[int]


class BankDown(Exception):
    """The bank cannot be reached. The message is for the log."""


class Bank(Protocol):
    """Where the money is."""

    async def pay_back(self, account: str, order: str, cents: int) -> None:
        """Pay back so much of an order. Raises `BankDown`."""


class Wanted(BaseModel):
    """The refund that is asked for."""

    order: str
    cents: int = Field(ge=1)
    currency: str


class Refused(Exception):
    """A refund that is not given: the status, and what the body says."""

    def __init__(self, status: int, **body: object) -> None:
        super().__init__(status, body)
        self.status, self.body = status, body


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """A session for one request."""
    async with request.app.state.sessions() as session:
        yield session


async def refund(
    wanted: Wanted, request: Request, session: Annotated[AsyncSession, Depends(get_session)]
) -> dict[str, Any]:
    """Pay back, then store it."""
    if wanted.currency not in ACCOUNTS:
        raise Refused(422, error="unknown_currency")
    order = await session.get(Order, wanted.order)
    if order is None:
        raise Refused(404, error="unknown_order")
    earlier = select(func.sum(Refund.cents)).where(Refund.order == wanted.order)
    left = order.cents - (await session.scalar(earlier) or 0)
    if wanted.cents > left:
        raise Refused(409, error="too_much", left=left)
    try:
        await request.app.state.bank.pay_back(
            ACCOUNTS[wanted.currency], wanted.order, wanted.cents
        )
    except BankDown:
        raise Refused(502, error="bank_down") from None
    made = Refund(order=wanted.order, cents=wanted.cents)
    session.add(made)
    await session.commit()
    return {"order": wanted.order, "cents": wanted.cents, "left": left - wanted.cents}


async def tell_refusal(_request: Request, refused: Refused) -> JSONResponse:
    """A refusal as a response."""
    return JSONResponse(refused.body, refused.status)


async def tell_invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
    """The first field of the body that cannot be used."""
    field = error.errors()[0]["loc"][-1]
    return JSONResponse({"error": "invalid_request", "field": field}, 422)


async def tell_nothing(_request: Request, _error: Exception) -> JSONResponse:
    """Whatever else went wrong: it is in the log."""
    return JSONResponse({"error": "internal"}, 500)


def create_app(sessions: async_sessionmaker[AsyncSession], bank: Bank) -> FastAPI:
    """The app on a database and a bank."""
    app = FastAPI()
    app.state.sessions, app.state.bank = sessions, bank
    app.post("/refunds", status_code=201)(refund)
    app.add_exception_handler(Refused, tell_refusal)
    app.add_exception_handler(RequestValidationError, tell_invalid)
    app.add_exception_handler(Exception, tell_nothing)
    return app
