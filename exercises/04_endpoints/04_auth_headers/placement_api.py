"""The placement assessments of a language school: learners read their own, or withdraw from one."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, HTTPException, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from placement_tokens import read_token


class Base(DeclarativeBase):
    """The tables of the school."""


class Assessment(Base):
    """How well a learner speaks a language: a level such as B1."""

    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    learner: Mapped[str]
    language: Mapped[str]
    level: Mapped[str]


class AssessmentBody(BaseModel):
    """An assessment as its learner sees it."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    language: str
    level: str


async def open_session(request: Request) -> AsyncIterator[AsyncSession]:
    """A session for one request."""
    async with request.app.state.sessions() as session:
        yield session


async def current_user(
    request: Request, authorization: Annotated[str | None, Header()] = None
) -> str:
    """Whose token the request carries; 401 without a good one."""
    scheme, _, token = (authorization or "").partition(" ")
    state = request.app.state
    user = read_token(token, state.key, state.now()) if scheme == "Bearer" else None
    if user is None:
        raise HTTPException(401, "Sign in first", headers={"WWW-Authenticate": "Bearer"})
    return user


Session = Annotated[AsyncSession, Depends(open_session)]
User = Annotated[str, Depends(current_user)]
router = APIRouter(prefix="/assessments")


@router.get("", response_model=list[AssessmentBody])
async def read_all(user: User, session: Session) -> list[Assessment]:
    mine = select(Assessment).where(Assessment.learner == user).order_by(Assessment.id)
    return list(await session.scalars(mine))


@router.get("/{assessment_id}", response_model=AssessmentBody)
async def read_one(assessment_id: int, user: User, session: Session) -> Assessment:
    return await find(session, assessment_id, user)


@router.delete("/{assessment_id}", status_code=204)
async def withdraw(assessment_id: int, user: User, session: Session) -> None:
    await session.delete(await find(session, assessment_id, user))
    await session.commit()


async def find(session: AsyncSession, assessment_id: int, user: str) -> Assessment:
    """The user's assessment with this id; 404 if there is none."""
    assessment = await session.get(Assessment, assessment_id)
    if assessment is None or assessment.learner != user:
        raise HTTPException(404, "No such assessment")
    return assessment


def create_app(
    sessions: async_sessionmaker[AsyncSession], key: bytes, now: Callable[[], int]
) -> FastAPI:
    """The app on a database, for tokens signed with `key`. `now()` is the time in seconds."""
    app = FastAPI()
    app.state.sessions, app.state.key, app.state.now = sessions, key, now
    app.include_router(router)
    return app
