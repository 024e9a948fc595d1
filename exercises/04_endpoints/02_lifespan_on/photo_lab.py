"""The print queue of a photo lab. The machines are other processes on the same database."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TypedDict

from fastapi import FastAPI, Request
from pydantic import BaseModel, ConfigDict
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the lab."""


class Job(Base):
    """A picture to print. Its state is `waiting`, `running` or `done`."""

    __tablename__ = "jobs"
    id: Mapped[int] = mapped_column(primary_key=True)
    picture: Mapped[str]
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=1)


class Database:
    """A pool of connections, open until it is closed."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url)
        self.sessions = async_sessionmaker(self._engine, expire_on_commit=False)
        self.is_open = True

    async def create_tables(self) -> None:
        """Create all tables."""
        async with self._engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)

    async def close(self) -> None:
        """Close all connections."""
        self.is_open = False
        await self._engine.dispose()


class NewJob(BaseModel):
    """What is asked for when a job is put into the queue."""

    picture: str


class JobBody(NewJob):
    """A job, in a response."""

    model_config = ConfigDict(from_attributes=True)
    id: int
    state: str
    attempts: int


class State(TypedDict):
    """What requests find in `request.state` while the app runs."""

    database: Database


async def requeue(database: Database) -> None:
    """Let jobs wait again that a machine was printing when the lab lost power."""
    again = update(Job).where(Job.state == "running")
    async with database.sessions.begin() as session:
        await session.execute(again.values(state="waiting", attempts=Job.attempts + 1))


def create_app(open_database: Callable[[], Database]) -> FastAPI:
    """The app, not started yet. Its database is open from its start until its stop."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[State]:
        database = open_database()
        try:
            await requeue(database)
            yield {"database": database}
        finally:
            await database.close()

    app = FastAPI(lifespan=lifespan)
    app.post("/jobs", status_code=201, response_model=JobBody)(add_job)
    app.get("/jobs", response_model=list[JobBody])(read_jobs)
    return app


async def add_job(body: NewJob, request: Request) -> Job:
    """Put a picture into the queue."""
    async with request.state.database.sessions.begin() as session:
        job = Job(picture=body.picture)
        session.add(job)
    return job


async def read_jobs(request: Request) -> list[Job]:
    """All jobs, by id."""
    async with request.state.database.sessions() as session:
        return list(await session.scalars(select(Job).order_by(Job.id)))
