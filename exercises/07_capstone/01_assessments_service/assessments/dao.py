"""The database, and nothing else. Whatever is changed here is stored when `commit` returns."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from .dto import NewAssessment
from .errors import StorageError, TitleTaken
from .models import Answer, Assessment, BookedEvent, Seat

P = ParamSpec("P")
R = TypeVar("R")


def translated(method: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Any error of the database as a `StorageError`."""

    @wraps(method)
    async def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await method(*args, **kwargs)
        except SQLAlchemyError as error:
            raise StorageError from error

    return call


class AssessmentDao:
    """Assessments, seats, answers and booked events, in one session."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @translated
    async def commit(self) -> None:
        """Store what has been changed."""
        await self._session.commit()

    @translated
    async def add_assessment(self, author: str, new: NewAssessment, closes_at: int) -> Assessment:
        """A new assessment with its id. Raises `TitleTaken`, and what was changed is undone."""
        assessment = Assessment(
            author=author,
            title=new.title,
            questions=new.questions,
            price_cents=new.price_cents,
            closes_at=closes_at,
        )
        self._session.add(assessment)
        try:
            await self._session.flush()
        except IntegrityError as error:
            await self._session.rollback()
            raise TitleTaken from error
        return assessment

    @translated
    async def find_assessment(self, assessment_id: int) -> Assessment | None:
        """The assessment with this id."""
        return await self._session.get(Assessment, assessment_id)

    @translated
    async def find_seat(self, assessment_id: int, learner: str) -> Seat | None:
        """The learner's seat, be it paid in full or not."""
        return await self._session.get(Seat, (assessment_id, learner))

    @translated
    async def book(self, event_id: str, assessment_id: int, learner: str, cents: int) -> bool:
        """Add a payment to a seat, once for each event; whether it was added now."""
        if await self._session.get(BookedEvent, event_id) is not None:
            return False
        self._session.add(BookedEvent(id=event_id))
        seat = await self._session.get(Seat, (assessment_id, learner))
        if seat is None:
            seat = Seat(assessment_id=assessment_id, learner=learner, paid_cents=0)
            self._session.add(seat)
        seat.paid_cents += cents
        await self._session.flush()
        return True

    @translated
    async def put_answer(
        self, assessment_id: int, learner: str, question: int, value: int
    ) -> None:
        """Add the learner's answer to a question, or replace it."""
        await self._session.merge(
            Answer(assessment_id=assessment_id, learner=learner, question=question, value=value)
        )
        await self._session.flush()

    @translated
    async def answers(self, assessment_id: int, learner: str) -> dict[int, int]:
        """The learner's answers, by the number of their questions."""
        statement = select(Answer.question, Answer.value).where(
            Answer.assessment_id == assessment_id, Answer.learner == learner
        )
        return {question: value for question, value in await self._session.execute(statement)}

    @translated
    async def mark_submitted(self, assessment_id: int, learner: str, at: int) -> bool:
        """Mark a seat as submitted, if nobody has done so; whether that was done now."""
        result = await self._session.execute(
            update(Seat)
            .where(
                Seat.assessment_id == assessment_id,
                Seat.learner == learner,
                Seat.submitted_at.is_(None),
            )
            .values(submitted_at=at)
            .returning(Seat.learner)
        )
        return result.scalar() is not None

    @translated
    async def waiting_learners(self, assessment_id: int) -> list[str]:
        """Who has paid in full and not submitted, in any order."""
        statement = (
            select(Seat.learner)
            .join(Assessment, Assessment.id == Seat.assessment_id)
            .where(
                Seat.assessment_id == assessment_id,
                Seat.submitted_at.is_(None),
                Seat.paid_cents >= Assessment.price_cents,
            )
        )
        return list(await self._session.scalars(statement))
