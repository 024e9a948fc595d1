"""The photo lab's queue; a class written by hand starts and stops it, and a queue object does the work."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from fastapi import Body, FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import insert, select, text
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


@dataclass
class Line:
    id: int
    picture: str
    state: str
    attempts: int


class Queue:
    def __init__(self, database: Database) -> None:
        self._sessions = database.sessions

    async def wake_up(self) -> None:
        statement = text(
            "UPDATE jobs SET attempts = attempts + 1, state = 'waiting' WHERE state = 'running'"
        )
        async with self._sessions.begin() as session:
            await session.execute(statement)

    async def put(self, picture: str) -> Line:
        async with self._sessions.begin() as session:
            made = await session.execute(
                insert(Job).values(picture=picture, state="waiting", attempts=1)
            )
        return Line(made.inserted_primary_key[0], picture, "waiting", 1)

    async def all(self) -> list[Line]:
        columns = select(Job.id, Job.picture, Job.state, Job.attempts).order_by(Job.id)
        async with self._sessions() as session:
            return [Line(*row) for row in await session.execute(columns)]


async def requeue(database: Database) -> None:
    await Queue(database).wake_up()


class Lifespan:
    """Starts on entering, stops on leaving; if the start fails, it stops at once."""

    def __init__(self, open_database: Callable[[], Database]) -> None:
        self.database = open_database()

    async def __aenter__(self) -> dict[str, Any]:
        try:
            await requeue(self.database)
        except BaseException:
            await self.database.close()
            raise
        return {"database": self.database}

    async def __aexit__(self, *error: object) -> None:
        await self.database.close()


def create_app(open_database: Callable[[], Database]) -> FastAPI:
    app = FastAPI(lifespan=lambda app: Lifespan(open_database))

    @app.post("/jobs")
    async def put(request: Request, picture: str = Body(embed=True)) -> JSONResponse:
        line = await Queue(request.state.database).put(picture)
        return JSONResponse(asdict(line), status_code=201)

    @app.get("/jobs")
    async def all_of_them(request: Request) -> list[Line]:
        return await Queue(request.state.database).all()

    return app
