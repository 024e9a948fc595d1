"""The greenhouse's sensors over HTTP. The router asks the service, and tells what came of it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from greenhouse_service import NoSuchSensor, Reading, SensorService, ServiceDown


class Measured(BaseModel):
    """What a sensor sends."""

    celsius: float
    humidity: int


class Page(BaseModel):
    """Some of a sensor's readings, and the offset of the next ones."""

    sensor: str
    readings: list[Reading]
    next: int | None


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """A session for one request."""
    async with request.app.state.sessions() as session:
        yield session


Session = Annotated[AsyncSession, Depends(get_session)]
router = APIRouter(prefix="/sensors/{sensor}/readings")


@router.get("")
async def read(
    sensor: str,
    session: Session,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    offset: Annotated[int, Query(ge=0)] = 0,
) -> Page:
    with errors_told():
        found = await SensorService(session).readings(sensor, limit=limit, offset=offset)
    return Page(sensor=sensor, readings=list(found), next=next_offset(limit, offset, len(found)))


@router.post("", status_code=201)
async def record(sensor: str, body: Measured, session: Session) -> Reading:
    with errors_told():
        return await SensorService(session).record(
            sensor, celsius=body.celsius, humidity=body.humidity
        )


def next_offset(limit: int, offset: int, found: int) -> int | None:
    """Where the next page begins; None after a page that is not full."""
    return offset + limit if found == limit else None


@contextmanager
def errors_told() -> Iterator[None]:
    """The service's errors as responses. What the driver said is nobody's business."""
    try:
        yield
    except NoSuchSensor:
        raise HTTPException(404, "No such sensor") from None
    except ServiceDown:
        raise HTTPException(503, "Try again later", headers={"Retry-After": "30"}) from None


def create_app(sessions: async_sessionmaker[AsyncSession]) -> FastAPI:
    """The app on the database that `sessions` opens."""
    app = FastAPI()
    app.state.sessions = sessions
    app.include_router(router)
    return app
