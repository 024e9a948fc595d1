"""The assessments API: what an assessment must look like, and endpoints that keep and list them."""

from enum import StrEnum

from fastapi import FastAPI
from pydantic import BaseModel, ConfigDict, Field, StrictInt, field_validator


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

    model_config = ConfigDict(extra="forbid")

    title: str
    areas: list[Area] = Field(min_length=1, max_length=5)
    minutes: StrictInt = Field(ge=10, le=180)

    @field_validator("title")
    @classmethod
    def neither_empty_nor_long(cls, title: str) -> str:
        if not 1 <= len(title.strip()) <= 200:
            raise ValueError("1 to 200 characters")
        return title

    @field_validator("areas")
    @classmethod
    def each_area_once(cls, areas: list[Area]) -> list[Area]:
        if len(set(areas)) < len(areas):
            raise ValueError("an area appears twice")
        return areas


def create_app() -> FastAPI:
    """The API, with no assessments in it yet."""
    app = FastAPI()
    kept: list[AssessmentIn] = []

    @app.post("/assessments", status_code=201)
    async def create(assessment: AssessmentIn) -> AssessmentIn:
        assessment.title = assessment.title.strip()
        kept.append(assessment)
        return assessment

    @app.get("/assessments")
    async def all_assessments() -> list[AssessmentIn]:
        return kept

    return app
