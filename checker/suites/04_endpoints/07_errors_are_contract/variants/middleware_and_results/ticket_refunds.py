"""Refunds without exceptions: results are returned, and a middleware turns accidents into a response."""

from dataclasses import dataclass
from typing import Any, Protocol

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from starlette.types import ASGIApp, Receive, Scope, Send


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    code: Mapped[str] = mapped_column(primary_key=True)
    cents: Mapped[int]


class Refund(Base):
    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
    order: Mapped[str]
    cents: Mapped[int]


class BankDown(Exception):
    pass


class Bank(Protocol):
    async def pay_back(self, account: str, order: str, cents: int) -> None: ...


class Wanted(BaseModel):
    model_config = ConfigDict(frozen=True)
    order: str
    cents: int = Field(gt=0)
    currency: str


@dataclass(frozen=True)
class Result:
    status: int
    body: dict[str, Any]

    def response(self) -> JSONResponse:
        return JSONResponse(self.body, self.status)


def no(status: int, code: str, **more: object) -> Result:
    return Result(status, {"error": code, **more})


class Accidents:
    """Answers 500 when the app below raises, and lets nobody see what."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self.app(scope, receive, send)
        except Exception:
            await no(500, "internal").response()(scope, receive, send)


def create_app(sessions, bank) -> FastAPI:
    app = FastAPI()
    app.add_middleware(Accidents)

    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        fields = [problem["loc"][1] for problem in error.errors()]
        return no(422, "invalid_request", field=fields[0]).response()

    app.exception_handlers[RequestValidationError] = invalid

    async def decide(session, wanted: Wanted) -> Result | int:
        paid = await session.scalar(select(Order.cents).where(Order.code == wanted.order))
        if paid is None:
            return no(404, "unknown_order")
        refunds = select(func.coalesce(func.sum(Refund.cents), 0)).where(Refund.order == wanted.order)
        left = paid - await session.scalar(refunds)
        return left if wanted.cents <= left else no(409, "too_much", left=left)

    @app.post("/refunds")
    async def post(wanted: Wanted) -> JSONResponse:
        match wanted.currency:
            case "EUR" | "SEK":
                account = "theatre-" + wanted.currency.lower()
            case _:
                return no(422, "unknown_currency").response()
        async with sessions.begin() as session:
            left = await decide(session, wanted)
            if isinstance(left, Result):
                return left.response()
            try:
                await bank.pay_back(account, wanted.order, wanted.cents)
            except BankDown:
                return no(502, "bank_down").response()
            await session.execute(insert(Refund).values(order=wanted.order, cents=wanted.cents))
        answer = {"order": wanted.order, "left": left - wanted.cents, "cents": wanted.cents}
        return Result(201, answer).response()

    return app
