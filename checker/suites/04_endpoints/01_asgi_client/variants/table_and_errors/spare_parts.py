"""The workshop's parts as statements on a table; refusals are exceptions with a handler."""

from collections.abc import AsyncIterator

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from pydantic import BaseModel


class Base(DeclarativeBase):
    pass


class Part(Base):
    __tablename__ = "parts"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    quantity: Mapped[int]


class PartBody(BaseModel):
    quantity: int
    name: str
    code: str


class Withdrawal(BaseModel):
    quantity: int


class Refused(Exception):
    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


async def refuse(request: Request, refused: Refused) -> JSONResponse:
    return JSONResponse({"detail": refused.detail}, refused.status)


router = APIRouter(prefix="/parts")
COLUMNS = (Part.quantity, Part.name, Part.code)


async def database(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.app.state.sessions.begin() as session:
        yield session


async def load(session: AsyncSession, code: str) -> PartBody:
    row = (await session.execute(select(*COLUMNS).where(Part.code == code))).first()
    if row is None:
        raise Refused(404, "No such part")
    return PartBody(**row._mapping)


@router.post("", response_class=JSONResponse)
async def post_part(body: PartBody, request: Request, session: AsyncSession = Depends(database)):
    try:
        await session.execute(insert(Part).values(**body.model_dump()))
    except IntegrityError:
        await session.rollback()
        raise Refused(409, "This part is there already") from None
    await session.commit()
    return JSONResponse(body.model_dump(), 201, {"location": f"{request.url.path}/{body.code}"})


@router.get("/{code}")
async def get_part(code: str, session: AsyncSession = Depends(database)) -> PartBody:
    return await load(session, code)


@router.post("/{code}/withdrawals", status_code=200)
async def withdraw(code: str, body: Withdrawal, session: AsyncSession = Depends(database)) -> PartBody:
    taking = (
        update(Part)
        .where(Part.code == code, Part.quantity >= body.quantity)
        .values(quantity=Part.quantity - body.quantity)
    )
    taken = await session.execute(taking)
    part = await load(session, code)
    if not taken.rowcount:
        raise Refused(409, f"Only {part.quantity} left")
    await session.commit()
    return part


def create_app(sessions) -> FastAPI:
    app = FastAPI()
    app.state.sessions = sessions
    app.add_exception_handler(Refused, refuse)
    app.include_router(router)
    return app
