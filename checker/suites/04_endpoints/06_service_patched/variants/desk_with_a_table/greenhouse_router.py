"""The greenhouse's sensors; a desk object does the asking, and a table says what errors become."""

from collections.abc import Awaitable
from typing import Annotated, Any, TypeVar

from annotated_types import Ge, Interval
from fastapi import Body, FastAPI, HTTPException
from sqlalchemy.ext.asyncio import AsyncSession

import greenhouse_service
from greenhouse_service import SensorService

T = TypeVar("T")

ERRORS: dict[type[Exception], dict[str, Any]] = {
    greenhouse_service.NoSuchSensor: {"status_code": 404, "detail": "No such sensor"},
    greenhouse_service.ServiceDown: {
        "status_code": 503,
        "detail": "Try again later",
        "headers": {"Retry-After": "30"},
    },
}


class Desk:
    def __init__(self, session: AsyncSession, sensor: str) -> None:
        self.service = SensorService(session)
        self.sensor = sensor

    async def ask(self, answer: Awaitable[T]) -> T:
        try:
            return await answer
        except tuple(ERRORS) as error:
            kind = next(kind for kind in ERRORS if isinstance(error, kind))
        raise HTTPException(**ERRORS[kind])

    async def page(self, limit: int, offset: int) -> dict[str, Any]:
        found = list(await self.ask(self.service.readings(self.sensor, limit=limit, offset=offset)))
        following = {True: limit + offset, False: None}[len(found) == limit]
        return {"readings": [self.line(reading) for reading in found], "next": following, "sensor": self.sensor}

    @staticmethod
    def line(reading: Any) -> dict[str, Any]:
        return {key: getattr(reading, key) for key in ("humidity", "celsius", "at")}


def create_app(sessions) -> FastAPI:
    app = FastAPI()

    async def read(
        sensor: str, limit: Annotated[int, Interval(ge=1, le=100)] = 50, offset: Annotated[int, Ge(0)] = 0
    ) -> Any:
        async with sessions() as session:
            return await Desk(session, sensor).page(limit, offset)

    async def record(sensor: str, celsius: float = Body(), humidity: int = Body()) -> Any:
        async with sessions() as session:
            desk = Desk(session, sensor)
            made = desk.service.record(sensor, humidity=humidity, celsius=celsius)
            return desk.line(await desk.ask(made))

    app.add_api_route("/sensors/{sensor}/readings", read)
    app.add_api_route("/sensors/{sensor}/readings", record, methods=["POST"], status_code=201)
    return app
