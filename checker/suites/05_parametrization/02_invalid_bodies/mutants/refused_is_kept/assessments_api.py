"""The assessments API: what an assessment must look like, and endpoints that keep and list them."""

from enum import StrEnum
from typing import Any

from fastapi import Body, FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field, StrictInt, ValidationError, field_validator


class Area(StrEnum):
    """What an assessment can be about."""

    CODING = "coding"
    ENGLISH = "english"
    LOGIC = "logic"
    SALES = "sales"
    TEAMWORK = "teamwork"
    TYPING = "typing"


class AssessmentIn(BaseModel):
    """An assessment as a recruiter sends it: the DTO of the API."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=1, max_length=200)
    areas: list[Area] = Field(min_length=1, max_length=5)
    minutes: StrictInt = Field(ge=10, le=180)

    @field_validator("areas")
    @classmethod
    def each_area_once(cls, areas: list[Area]) -> list[Area]:
        if len(set(areas)) < len(areas):
            raise ValueError("an area appears twice")
        return areas


def create_app() -> FastAPI:
    """The API, with no assessments in it yet."""
    app = FastAPI()
    kept: list[dict[str, Any]] = []

    @app.post("/assessments", status_code=201)
    async def create(body: dict[str, Any] = Body()) -> AssessmentIn:
        kept.append(body)
        try:
            assessment = AssessmentIn.model_validate(body)
        except ValidationError as error:
            raise RequestValidationError(
                [{**fault, "loc": ("body", *fault["loc"]), "ctx": {}} for fault in error.errors()]
            ) from error
        kept[-1] = assessment.model_dump()
        return assessment

    @app.get("/assessments")
    async def all_assessments() -> list[dict[str, Any]]:
        return kept

    return app
