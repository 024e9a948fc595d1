"""Endpoints as methods of two classes, one for authors and one for learners."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse

from .deps import get_board, get_caller, get_service
from .dto import NewAnswer, NewAssessment, NewRating
from .progress import progress_stream


def told(model, status=200, **headers):
    """A model as a response, its names from Z to A."""
    return JSONResponse(dict(sorted(model.model_dump().items(), reverse=True)), status, headers)


class Author:
    def __init__(self, caller=Depends(get_caller), service=Depends(get_service), board=Depends(get_board)):
        self.name, self.service, self.board = caller, service, board


class Learner:
    def __init__(self, caller=Depends(get_caller), service=Depends(get_service)):
        self.name, self.service = caller, service


router = APIRouter(prefix="/assessments")


@router.get("/{number}/progress")
async def follow(number: int, request: Request, author: Author = Depends()):
    await author.service.check_author(author.name, number)
    stream = progress_stream(author.board, number, request.is_disconnected)
    return StreamingResponse(stream, media_type="text/event-stream")


@router.post("/{number}/reminders")
async def remind(number: int, author: Author = Depends()):
    return told(await author.service.remind(author.name, number))


@router.put("/{number}/ratings/{learner}")
async def rate(number: int, learner: str, rating: NewRating, author: Author = Depends()):
    return told(await author.service.rate(author.name, number, learner, rating.points))


@router.get("/{number}/seat")
async def seat(number: int, learner: Learner = Depends()):
    return told(await learner.service.seat(learner.name, number))


@router.post("/{number}/submission")
async def submit(number: int, learner: Learner = Depends()):
    return told(await learner.service.submit(learner.name, number), 201)


@router.put("/{number}/answers/{question}")
async def answer(number: int, question: int, new: NewAnswer, learner: Learner = Depends()):
    return told(await learner.service.answer(learner.name, number, question, new.value))


@router.get("/{number}")
async def show(number: int, learner: Learner = Depends()):
    return told(await learner.service.show(number))


@router.post("")
async def create(new: NewAssessment, author: Author = Depends()):
    made = await author.service.create(author.name, new)
    return told(made, 201, Location=f"/assessments/{made.id}")
