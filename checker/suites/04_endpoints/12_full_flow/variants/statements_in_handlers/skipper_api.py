"""The club's assessments without a service: each handler is a few statements."""

from typing import Any

from fastapi import FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import func, insert, select, update
from sqlalchemy.exc import IntegrityError

from skipper_tables import Answer, Assessment, Submission


class NewAssessment(BaseModel):
    questions: int
    title: str


class NewAnswer(BaseModel):
    value: int


def create_app(sessions) -> FastAPI:
    app = FastAPI()

    async def questions_of(session, number: int) -> int:
        questions = await session.scalar(select(Assessment.questions).where(Assessment.id == number))
        if questions is None:
            raise HTTPException(404, "No such assessment")
        return questions

    async def answered(session, number: int, skipper: str) -> int:
        mine = select(func.count()).select_from(Answer).filter_by(assessment_id=number, skipper=skipper)
        return await session.scalar(mine)

    async def is_over(session, number: int, skipper: str) -> bool:
        mine = select(Submission.skipper).filter_by(assessment_id=number, skipper=skipper)
        return (await session.execute(mine)).first() is not None

    @app.post("/assessments", status_code=201)
    async def create(new: NewAssessment, x_skipper: str = Header()) -> Any:
        async with sessions.begin() as session:
            made = await session.execute(insert(Assessment).values(**new.model_dump()))
            return new.model_dump() | {"id": made.inserted_primary_key[0]}

    @app.put("/assessments/{number}/answers/{question}")
    async def answer(number: int, question: int, new: NewAnswer, x_skipper: str = Header()) -> Any:
        async with sessions.begin() as session:
            questions = await questions_of(session, number)
            if question not in range(1, questions + 1):
                raise HTTPException(404, "No such question")
            if await is_over(session, number, x_skipper):
                raise HTTPException(409, "Already submitted")
            key = {"assessment_id": number, "skipper": x_skipper, "question": question}
            changed = await session.execute(update(Answer).filter_by(**key).values(value=new.value))
            if changed.rowcount == 0:
                await session.execute(insert(Answer).values(**key, value=new.value))
            return {"questions": questions, "answered": await answered(session, number, x_skipper)}

    @app.post("/assessments/{number}/submission", status_code=201)
    async def submit(number: int, x_skipper: str = Header()) -> Any:
        async with sessions() as session:
            questions = await questions_of(session, number)
            done = await answered(session, number, x_skipper)
            if done != questions:
                raise HTTPException(409, f"{done} of {questions} answered")
            try:
                await session.execute(insert(Submission).values(assessment_id=number, skipper=x_skipper))
            except IntegrityError:
                raise HTTPException(409, "Already submitted") from None
            await session.commit()
        return {"status": "submitted"}

    @app.get("/assessments/{number}/results")
    async def results(number: int, x_skipper: str = Header()) -> Any:
        async with sessions() as session:
            await questions_of(session, number)
            if not await is_over(session, number, x_skipper):
                raise HTTPException(409, "Not submitted yet")
            mean = select(func.count(Answer.value), func.avg(Answer.value)).filter_by(
                assessment_id=number, skipper=x_skipper
            )
            count, rating = (await session.execute(mean)).one()
            return {"rating": rating, "answers": count}

    return app
