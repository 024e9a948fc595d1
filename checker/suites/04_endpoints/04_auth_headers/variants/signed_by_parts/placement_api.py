"""The school's API as statements that name the learner, on the app itself, without response models."""

from typing import Any

from fastapi import Depends, FastAPI, Request, Response
from fastapi.responses import JSONResponse
from sqlalchemy import delete, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from placement_tokens import read_token


class Base(DeclarativeBase):
    pass


class Assessment(Base):
    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    learner: Mapped[str]
    language: Mapped[str]
    level: Mapped[str]


class Refused(Exception):
    pass


COLUMNS = (Assessment.id, Assessment.language, Assessment.level)


def current_user(request: Request) -> str:
    words = request.headers.get("authorization", "").split(" ", 1)
    if len(words) == 2 and words[0] == "Bearer":
        user = read_token(words[1], request.app.state.key, request.app.state.now())
        if user:
            return user
    raise Refused


async def refuse(_request: Request, _error: Exception) -> Response:
    headers = {"www-authenticate": "Bearer"}
    return JSONResponse({"detail": "Sign in first"}, status_code=401, headers=headers)


def _missing() -> Response:
    return JSONResponse({"detail": "No such assessment"}, status_code=404)


def create_app(sessions, key, now) -> FastAPI:
    app = FastAPI(exception_handlers={Refused: refuse})
    app.state.key = key
    app.state.now = now

    async def rows(*conditions: Any) -> list[dict[str, Any]]:
        async with sessions() as session:
            found = await session.execute(select(*COLUMNS).where(*conditions))
            return sorted((dict(row) for row in found.mappings()), key=lambda row: row["id"])

    @app.get("/assessments")
    async def everything(user: str = Depends(current_user)) -> Any:
        return await rows(Assessment.learner == user)

    @app.get("/assessments/{number}")
    async def one(number: int, user: str = Depends(current_user)) -> Any:
        found = await rows(Assessment.learner == user, Assessment.id == number)
        return found[0] if found else _missing()

    @app.delete("/assessments/{number}")
    async def remove(number: int, user: str = Depends(current_user)) -> Response:
        mine = delete(Assessment).where(Assessment.learner == user, Assessment.id == number)
        async with sessions.begin() as session:
            gone = (await session.execute(mine)).rowcount
        return Response(status_code=204) if gone else _missing()

    return app
