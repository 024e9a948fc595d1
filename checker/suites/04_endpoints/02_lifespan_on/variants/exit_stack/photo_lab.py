"""The photo lab's queue on a router; the lifespan is an exit stack, and jobs are requeued one by one."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
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


class Picture(BaseModel):
    picture: str


async def requeue(database: Database) -> None:
    async with database.sessions() as session:
        for job in await session.scalars(select(Job).order_by(Job.id.desc())):
            if job.state == "running":
                job.state = "waiting"
                job.attempts += 1
        await session.commit()


async def open_session(request: Request) -> AsyncIterator[AsyncSession]:
    async with request.state.database.sessions() as session:
        yield session


def rendered(job: Job) -> dict[str, Any]:
    return {key: getattr(job, key) for key in ("attempts", "state", "picture", "id")}


jobs = APIRouter(prefix="/jobs")


@jobs.get("")
async def index(session: AsyncSession = Depends(open_session)) -> Any:
    found = await session.scalars(select(Job))
    return sorted(map(rendered, found), key=lambda job: job["id"])


@jobs.post("", status_code=201)
async def create(wanted: Picture, session: AsyncSession = Depends(open_session)) -> Any:
    job = Job(picture=wanted.picture, state="waiting", attempts=1)
    session.add(job)
    await session.commit()
    return rendered(job)


def create_app(open_database: Callable[[], Database]) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[dict[str, Any]]:
        async with AsyncExitStack() as stack:
            database = open_database()
            stack.push_async_callback(database.close)
            await requeue(database)
            yield dict(database=database)

    app = FastAPI(lifespan=lifespan)
    app.include_router(jobs)
    return app
