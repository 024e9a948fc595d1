"""The workshop's shelf as an object that answers with values or None; the handlers turn None into statuses."""

from dataclasses import asdict, dataclass
from typing import Any

from fastapi import FastAPI, HTTPException, Response
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Part(Base):
    __tablename__ = "parts"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    quantity: Mapped[int]

    def as_line(self) -> "Line":
        return Line(self.code, self.name, self.quantity)


class Withdrawal(BaseModel):
    quantity: int


@dataclass
class Line:
    code: str
    name: str
    quantity: int


class Shelf:
    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self._sessions = sessions

    async def put(self, line: Line) -> bool:
        async with self._sessions() as session:
            async with session.begin():
                there = await session.get(Part, line.code)
                if there:
                    return False
                session.add(Part(**asdict(line)))
        return True

    async def look(self, code: str) -> Line | None:
        async with self._sessions() as session:
            part = await session.get(Part, code)
            return part.as_line() if part else None

    async def take(self, code: str, pieces: int) -> tuple[bool, Line] | None:
        async with self._sessions.begin() as session:
            if not (part := await session.get(Part, code)):
                return None
            enough = part.quantity >= pieces
            if enough:
                part.quantity = part.quantity - pieces
            return enough, part.as_line()


def create_app(sessions: async_sessionmaker[AsyncSession]) -> FastAPI:
    app, shelf = FastAPI(), Shelf(sessions)

    async def add(line: Line, response: Response) -> Any:
        if not await shelf.put(line):
            raise HTTPException(status_code=409, detail="This part is there already")
        response.status_code = 201
        response.headers["location"] = "/parts/" + line.code
        return line

    async def read(code: str) -> Any:
        if (line := await shelf.look(code)) is not None:
            return line
        raise HTTPException(status_code=404, detail="No such part")

    async def take(code: str, wanted: Withdrawal) -> Any:
        match await shelf.take(code, wanted.quantity):
            case None:
                raise HTTPException(status_code=404, detail="No such part")
            case False, line:
                raise HTTPException(status_code=409, detail=f"Only {line.quantity} left")
            case _, line:
                return line

    app.add_api_route("/parts", add, methods=["POST"])
    app.add_api_route("/parts/{code}", read, methods=["GET"])
    app.add_api_route("/parts/{code}/withdrawals", take, methods=["POST"])
    return app
