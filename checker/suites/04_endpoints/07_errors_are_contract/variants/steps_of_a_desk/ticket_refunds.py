"""Refunds by a desk that walks through its steps; each refusal is a class with a handler for the family."""

from typing import Any, ClassVar, Literal, Protocol, get_args

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, PositiveInt
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

Currency = Literal["EUR", "SEK"]


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


class Problem(Exception):
    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal"

    def __init__(self, **more: object) -> None:
        self.more = more


class UnknownCurrency(Problem):
    status, code = 422, "unknown_currency"


class UnknownOrder(Problem):
    status, code = 404, "unknown_order"


class TooMuch(Problem):
    status, code = 409, "too_much"


class Unreachable(Problem):
    status, code = 502, "bank_down"


class Body(BaseModel):
    currency: str
    cents: PositiveInt
    order: str


class Desk:
    def __init__(self, session: AsyncSession, bank: Bank, wanted: Body) -> None:
        self.session, self.bank, self.wanted = session, bank, wanted

    async def work(self) -> dict[str, Any]:
        account = self.account()
        left = await self.left() - self.wanted.cents
        self.session.add(Refund(order=self.wanted.order, cents=self.wanted.cents))
        await self.session.flush()
        await self.pay(account)
        await self.session.commit()
        return {"left": left, "cents": self.wanted.cents, "order": self.wanted.order}

    def account(self) -> str:
        if self.wanted.currency in get_args(Currency):
            return f"theatre-{self.wanted.currency.lower()}"
        raise UnknownCurrency

    async def left(self) -> int:
        order = await self.session.scalar(select(Order).where(Order.code == self.wanted.order))
        if not order:
            raise UnknownOrder
        left = order.cents
        for refund in await self.session.scalars(select(Refund)):
            if refund.order == order.code:
                left -= refund.cents
        if left < self.wanted.cents:
            raise TooMuch(left=left)
        return left

    async def pay(self, account: str) -> None:
        try:
            await self.bank.pay_back(account, self.wanted.order, self.wanted.cents)
        except BankDown as error:
            raise Unreachable from error


router = APIRouter()


@router.post("/refunds", status_code=201)
async def post(wanted: Body, request: Request) -> dict[str, Any]:
    async with request.app.state.sessions() as session:
        return await Desk(session, request.app.state.bank, wanted).work()


def create_app(sessions, bank) -> FastAPI:
    app = FastAPI()
    app.state.sessions = sessions
    app.state.bank = bank
    app.include_router(router)

    @app.exception_handler(Problem)
    async def problem(_request: Request, problem: Problem) -> JSONResponse:
        return JSONResponse({"error": problem.code, **problem.more}, status_code=problem.status)

    @app.exception_handler(RequestValidationError)
    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        (*_, field) = error.errors()[0]["loc"]
        return JSONResponse({"field": str(field), "error": "invalid_request"}, status_code=422)

    @app.exception_handler(Exception)
    async def anything(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse({"error": Problem.code}, status_code=Problem.status)

    return app
