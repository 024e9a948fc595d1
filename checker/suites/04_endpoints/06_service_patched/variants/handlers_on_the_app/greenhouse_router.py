"""The greenhouse's sensors; the service comes from a dependency, its errors go to handlers of the app."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from greenhouse_service import NoSuchSensor, Reading, SensorService, ServiceDown


class Measured(BaseModel):
    humidity: int
    celsius: float


async def service(request: Request):
    async with request.app.state.sessions() as session:
        yield SensorService(session)


router = APIRouter()


@router.get("/sensors/{name}/readings")
async def page(
    name: str,
    limit: int = Query(default=50, gt=0, lt=101),
    offset: int = Query(default=0, gt=-1),
    sensors: Any = Depends(service),
) -> dict[str, Any]:
    found = await sensors.readings(name, offset=offset, limit=limit)
    is_full = len(found) >= limit
    answer: dict[str, Any] = {"sensor": name, "next": None, "readings": [asdict(each) for each in found]}
    if is_full:
        answer["next"] = limit + offset
    return answer


@router.post("/sensors/{name}/readings")
async def add(name: str, new: Measured, sensors: Any = Depends(service)) -> Any:
    made: Reading = await sensors.record(name, **new.model_dump())
    at = made.at.isoformat().replace("+00:00", "Z")
    return JSONResponse({"at": at, "celsius": made.celsius, "humidity": made.humidity}, 201)


async def unknown(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "No such sensor"}, 404)


async def down(_request: Request, _error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "Try again later"}, 503, {"retry-after": "30"})


def create_app(sessions) -> FastAPI:
    app = FastAPI(exception_handlers={NoSuchSensor: unknown, ServiceDown: down})
    app.state.sessions = sessions
    app.include_router(router)
    return app
