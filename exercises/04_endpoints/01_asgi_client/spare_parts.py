"""The spare parts of a bicycle workshop, over HTTP: add a part, look at it, take some out."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Response
from pydantic import BaseModel, ConfigDict
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the workshop."""


class Part(Base):
    """A kind of part, and how many of it are on the shelf."""

    __tablename__ = "parts"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    quantity: Mapped[int]


class PartBody(BaseModel):
    """A part, in a request or a response."""

    model_config = ConfigDict(from_attributes=True)
    code: str
    name: str
    quantity: int


class Withdrawal(BaseModel):
    """How many pieces somebody takes off the shelf."""

    quantity: int


def create_app(sessions: async_sessionmaker[AsyncSession]) -> FastAPI:
    """The app on the database that `sessions` opens. Each request has a session of its own."""

    async def open_session() -> AsyncIterator[AsyncSession]:
        async with sessions() as session:
            yield session

    Session = Annotated[AsyncSession, Depends(open_session)]
    app = FastAPI()

    @app.post("/parts", status_code=201, response_model=PartBody)
    async def add_part(body: PartBody, session: Session, response: Response) -> Part:
        if await session.get(Part, body.code) is not None:
            raise HTTPException(409, "This part is there already")
        part = Part(code=body.code, name=body.name, quantity=body.quantity)
        session.add(part)
        await session.commit()
        response.headers["Location"] = f"/parts/{part.code}"
        return part

    @app.get("/parts/{code}", response_model=PartBody)
    async def read_part(code: str, session: Session) -> Part:
        return await find(session, code)

    @app.post("/parts/{code}/withdrawals", response_model=PartBody)
    async def take_out(code: str, body: Withdrawal, session: Session) -> Part:
        part = await find(session, code)
        if body.quantity > part.quantity:
            raise HTTPException(409, f"Only {part.quantity} left")
        part.quantity -= body.quantity
        await session.commit()
        return part

    return app


async def find(session: AsyncSession, code: str) -> Part:
    """The part with this code; 404 if there is none."""
    part = await session.get(Part, code)
    if part is None:
        raise HTTPException(404, "No such part")
    return part
