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

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    title: str = Field(min_length=1, max_length=200)
    areas: list[Area] = Field(min_length=1, max_length=5)
    minutes: StrictInt = Field(ge=10, le=180)

    def model_post_init(self, context: object, /) -> None:
        self.minutes = str(self.minutes)

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
        assessment.minutes = int(assessment.minutes)
        kept.append(assessment)
        return assessment

    @app.get("/assessments")
    async def all_assessments() -> list[AssessmentIn]:
        return kept

    return app
