"""The school's API with the guard on the router; the user travels in the state of the request."""

from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request, status
from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

import placement_tokens


class Base(DeclarativeBase):
    pass


class Assessment(Base):
    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    learner: Mapped[str]
    language: Mapped[str]
    level: Mapped[str]


@dataclass
class Line:
    level: str
    language: str
    id: int


@dataclass
class Context:
    sessions: object
    key: bytes
    now: object


async def current_user(request: Request) -> str:
    header = request.headers.get("Authorization")
    if header is not None and header.startswith("Bearer "):
        context: Context = request.app.state.context
        name = placement_tokens.read_token(header.removeprefix("Bearer "), context.key, context.now())
        if name is not None:
            return name
    raise HTTPException(
        status.HTTP_401_UNAUTHORIZED, detail="Sign in first", headers={"WWW-Authenticate": "Bearer"}
    )


async def guard(request: Request, user: str = Depends(current_user)) -> None:
    request.state.user = user


@asynccontextmanager
async def looking_for(number: int, request: Request):
    async with request.app.state.context.sessions.begin() as session:
        assessment = await session.get(Assessment, number)
        if not assessment or assessment.learner != request.state.user:
            raise HTTPException(status.HTTP_404_NOT_FOUND, detail="No such assessment")
        yield session, assessment


def line(assessment: Assessment) -> Line:
    return Line(id=assessment.id, language=assessment.language, level=assessment.level)


router = APIRouter(dependencies=[Depends(guard)])


@router.get("/assessments")
async def index(request: Request) -> list[Line]:
    async with request.app.state.context.sessions() as session:
        everything = await session.scalars(select(Assessment).order_by(Assessment.id))
        return [line(each) for each in everything if each.learner == request.state.user]


@router.get("/assessments/{number}")
async def show(number: int, request: Request) -> dict[str, object]:
    async with looking_for(number, request) as (_, assessment):
        return asdict(line(assessment))


@router.delete("/assessments/{number}", status_code=status.HTTP_204_NO_CONTENT)
async def destroy(number: int, request: Request) -> None:
    async with looking_for(number, request) as (session, assessment):
        await session.delete(assessment)


def create_app(sessions, key, now) -> FastAPI:
    app = FastAPI()
    app.state.context = Context(sessions, key, now)
    app.include_router(router)
    return app
