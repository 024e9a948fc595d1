"""The assessments API: what an assessment must look like, and the endpoints that keep and list them."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Response
from pydantic import AfterValidator, BaseModel, StringConstraints, conint


def _once(areas: Sequence[str]) -> Sequence[str]:
    for place, area in enumerate(areas):
        assert area not in areas[:place], "twice"
    return areas


def _one_to_five(areas: Sequence[str]) -> Sequence[str]:
    if 1 <= len(areas) <= 5:
        return areas
    raise ValueError("one to five areas, please")


Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Area = Literal["typing", "teamwork", "sales", "logic", "english", "coding"]
Areas = Annotated[list[Area], AfterValidator(_once), AfterValidator(_one_to_five)]
Minutes = conint(strict=True, gt=9, lt=181)


class AssessmentIn(BaseModel, extra="forbid"):
    """An assessment as a recruiter sends it: the DTO of the API."""

    minutes: Minutes
    areas: Areas
    title: Title


class Shelf:
    """Where assessments are kept."""

    def __init__(self) -> None:
        self._kept: dict[int, dict[str, Any]] = {}
        self.router = APIRouter(prefix="/assessments")
        self.router.add_api_route("", self.create, methods=["POST"])
        self.router.add_api_route("", self.all, methods=["GET"])

    async def create(self, assessment: AssessmentIn, response: Response) -> dict[str, Any]:
        self._kept[len(self._kept)] = kept = assessment.model_dump()
        response.status_code = 201
        return kept

    async def all(self) -> list[dict[str, Any]]:
        return [*self._kept.values()][::-1]


def create_app() -> FastAPI:
    """The API, with no assessments in it yet."""
    app = FastAPI(openapi_url=None)
    app.include_router(Shelf().router)
    return app
