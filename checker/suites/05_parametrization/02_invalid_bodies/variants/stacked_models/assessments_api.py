"""The assessments API: what an assessment must look like, and the endpoints that keep and list them."""

from enum import Enum
from typing import Any

from fastapi import Depends, FastAPI, status
from pydantic import BaseModel, Field, field_validator
from pydantic_core import PydanticCustomError


class Area(str, Enum):
    """What an assessment can be about."""

    TEAMWORK = "teamwork"
    SALES = "sales"
    TYPING = "typing"
    CODING = "coding"
    ENGLISH = "english"
    LOGIC = "logic"


class Titled(BaseModel):
    """Whatever has a title."""

    model_config = {"extra": "forbid"}
    title: str = Field(max_length=200)

    @field_validator("title", mode="before")
    @classmethod
    def trimmed(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip()
            if value == "":
                raise PydanticCustomError("no_title", "give it a title")
        return value


class AssessmentIn(Titled):
    """An assessment as a recruiter sends it: the DTO of the API."""

    areas: tuple[Area, ...] | list[Area]
    minutes: int = Field(strict=True)

    @field_validator("areas")
    @classmethod
    def different(cls, areas: Any) -> list[Area]:
        counts = {area: list(areas).count(area) for area in Area}
        if max(counts.values()) != 1 or sum(counts.values()) > 5:
            raise PydanticCustomError("areas", "one to five areas, each once")
        return list(areas)

    @field_validator("minutes")
    @classmethod
    def bearable(cls, minutes: int) -> int:
        if minutes < 10:
            raise PydanticCustomError("short", "too short")
        if minutes > 180:
            raise PydanticCustomError("long", "too long")
        return minutes


def create_app() -> FastAPI:
    """The API, with no assessments in it yet."""
    app = FastAPI()
    kept: list[AssessmentIn] = []

    def shelf() -> list[AssessmentIn]:
        return kept

    @app.get("/assessments", response_model=None)
    async def every(shelf: list[AssessmentIn] = Depends(shelf)) -> list[AssessmentIn]:
        return shelf.copy()

    @app.post("/assessments", status_code=status.HTTP_201_CREATED, response_model=AssessmentIn)
    async def create(
        assessment: AssessmentIn, shelf: list[AssessmentIn] = Depends(shelf, use_cache=False)
    ) -> AssessmentIn:
        shelf += [assessment]
        return shelf[-1]

    return app
