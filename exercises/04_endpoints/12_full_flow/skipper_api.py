"""A sailing club's assessments over HTTP. The gateway in front of it says who asks: `X-Skipper`."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from skipper_service import Assessments, Refused


class NewAssessment(BaseModel):
    """What is asked for when an assessment is created."""

    title: str
    questions: int


class NewAnswer(BaseModel):
    """How well it goes."""

    value: int


async def assessments(
    request: Request, x_skipper: Annotated[str, Header()]
) -> AsyncIterator[Assessments]:
    """The skipper's view of the assessments. What a request did is committed, or all undone."""
    async with request.app.state.sessions.begin() as session:
        yield Assessments(session, x_skipper)


Skipper = Annotated[Assessments, Depends(assessments, scope="function")]
router = APIRouter(prefix="/assessments")


@router.post("", status_code=201)
async def create(body: NewAssessment, skipper: Skipper) -> dict[str, object]:
    made = await skipper.create(body.title, body.questions)
    return {"id": made.id, "title": made.title, "questions": made.questions}


@router.put("/{assessment_id}/answers/{question}")
async def answer(
    assessment_id: int, question: int, body: NewAnswer, skipper: Skipper
) -> dict[str, int]:
    answered, questions = await skipper.answer(assessment_id, question, body.value)
    return {"answered": answered, "questions": questions}


@router.post("/{assessment_id}/submission", status_code=201)
async def submit(assessment_id: int, skipper: Skipper) -> dict[str, str]:
    await skipper.submit(assessment_id)
    return {"status": "submitted"}


@router.get("/{assessment_id}/results")
async def results(assessment_id: int, skipper: Skipper) -> dict[str, int | float]:
    answers, rating = await skipper.results(assessment_id)
    return {"answers": answers, "rating": rating}


async def refuse(_request: Request, refused: Refused) -> JSONResponse:
    """A refusal as a response."""
    return JSONResponse({"detail": refused.reason}, refused.status)


def create_app(sessions: async_sessionmaker[AsyncSession]) -> FastAPI:
    """The app on the database that `sessions` opens."""
    app = FastAPI()
    app.state.sessions = sessions
    app.add_exception_handler(Refused, refuse)
    app.include_router(router)
    return app
