"""The endpoints of authors and learners: each asks the service, and nobody else."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from .deps import BoardDep, CallerDep, ServiceDep
from .dto import (
    Answered,
    AssessmentOut,
    NewAnswer,
    NewAssessment,
    NewRating,
    Rated,
    Reminded,
    SeatOut,
    Submitted,
)
from .progress import progress_stream

router = APIRouter(prefix="/assessments")


@router.post("", status_code=201)
async def create(
    body: NewAssessment, caller: CallerDep, service: ServiceDep, response: Response
) -> AssessmentOut:
    made = await service.create(caller, body)
    response.headers["Location"] = f"/assessments/{made.id}"
    return made


@router.get("/{assessment_id}")
async def show(assessment_id: int, caller: CallerDep, service: ServiceDep) -> AssessmentOut:
    return await service.show(assessment_id)


@router.put("/{assessment_id}/answers/{question}")
async def answer(
    assessment_id: int, question: int, body: NewAnswer, caller: CallerDep, service: ServiceDep
) -> Answered:
    return await service.answer(caller, assessment_id, question, body.value)


@router.post("/{assessment_id}/submission", status_code=201)
async def submit(assessment_id: int, caller: CallerDep, service: ServiceDep) -> Submitted:
    return await service.submit(caller, assessment_id)


@router.get("/{assessment_id}/seat")
async def seat(assessment_id: int, caller: CallerDep, service: ServiceDep) -> SeatOut:
    return await service.seat(caller, assessment_id)


@router.put("/{assessment_id}/ratings/{learner}")
async def rate(
    assessment_id: int, learner: str, body: NewRating, caller: CallerDep, service: ServiceDep
) -> Rated:
    return await service.rate(caller, assessment_id, learner, body.points)


@router.post("/{assessment_id}/reminders")
async def remind(assessment_id: int, caller: CallerDep, service: ServiceDep) -> Reminded:
    return await service.remind(caller, assessment_id)


@router.get("/{assessment_id}/progress")
async def follow(
    assessment_id: int, caller: CallerDep, service: ServiceDep, board: BoardDep, request: Request
) -> StreamingResponse:
    await service.check_author(caller, assessment_id)
    return StreamingResponse(
        progress_stream(board, assessment_id, request.is_disconnected),
        media_type="text/event-stream",
    )
