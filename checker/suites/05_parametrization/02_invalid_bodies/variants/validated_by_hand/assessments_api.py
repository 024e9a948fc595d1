"""The assessments API: what an assessment must look like, and the endpoints that keep and list them."""

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

AREAS = frozenset({"coding", "english", "logic", "sales", "teamwork", "typing"})


class AssessmentIn(BaseModel):
    """An assessment as a recruiter sends it: the DTO of the API."""

    model_config = ConfigDict(extra="forbid")

    title: Any
    areas: Any
    minutes: Any

    @field_validator("title")
    @classmethod
    def _title(cls, title: Any) -> str:
        if not isinstance(title, str):
            raise ValueError("no text")
        trimmed = title.strip()
        if not trimmed or len(trimmed) > 200:
            raise ValueError("too short or too long")
        return trimmed

    @field_validator("areas")
    @classmethod
    def _areas(cls, areas: Any) -> list[str]:
        if not isinstance(areas, list):
            raise ValueError("no list")
        known = [area for area in areas if area in AREAS]
        if known != areas or len({*known}) != len(known) or len(known) not in range(1, 6):
            raise ValueError("one to five different areas")
        return known

    @field_validator("minutes")
    @classmethod
    def _minutes(cls, minutes: Any) -> int:
        if type(minutes) is not int or minutes not in range(10, 181):
            raise ValueError("10 to 180")
        return minutes


def create_app() -> FastAPI:
    """The API, with no assessments in it yet."""
    app = FastAPI()
    app.state.kept = []

    @app.post("/assessments")
    async def create(request: Request) -> JSONResponse:
        try:
            assessment = AssessmentIn(**await request.json())
        except ValidationError as error:
            faults = [{"loc": ["body", *fault["loc"]], "msg": fault["msg"]} for fault in error.errors()]
            return JSONResponse({"detail": faults}, 422)
        request.app.state.kept.insert(0, assessment)
        return JSONResponse(assessment.model_dump(), 201)

    @app.get("/assessments")
    async def listed(request: Request) -> JSONResponse:
        return JSONResponse([assessment.model_dump() for assessment in request.app.state.kept])

    return app
