"""What may be done, by whom and when. Mail and progress tell only what is stored."""

import asyncio
from collections.abc import Callable

from .dao import AssessmentDao
from .dto import (
    Answered,
    AssessmentOut,
    NewAssessment,
    Rated,
    Reminded,
    SeatOut,
    Submitted,
)
from .errors import Refused, TitleTaken
from .mail import Mailer, MailFailed
from .models import Assessment, Seat
from .progress import ProgressBoard

DAY_S = 24 * 60 * 60

Clock = Callable[[], int]


class AssessmentService:
    """The rules of the house, for one request."""

    def __init__(
        self, dao: AssessmentDao, mailer: Mailer, board: ProgressBoard, clock: Clock
    ) -> None:
        self._dao = dao
        self._mailer = mailer
        self._board = board
        self._clock = clock

    async def create(self, author: str, new: NewAssessment) -> AssessmentOut:
        """Store a new assessment."""
        closes_at = self._clock() + new.days * DAY_S
        try:
            assessment = await self._dao.add_assessment(author, new, closes_at)
        except TitleTaken as error:
            raise Refused(409, "title_taken") from error
        return _shown(assessment)

    async def show(self, assessment_id: int) -> AssessmentOut:
        """An assessment, for everybody."""
        return _shown(await self._find(assessment_id))

    async def answer(
        self, learner: str, assessment_id: int, question: int, value: int
    ) -> Answered:
        """Store or replace an answer."""
        assessment, seat = await self._find_seat(assessment_id, learner)
        self._check_open(assessment, seat)
        questions = len(assessment.questions)
        if not 1 <= question <= questions:
            raise Refused(404, "no_such_question")
        await self._dao.put_answer(assessment_id, learner, question, value)
        answered = len(await self._dao.answers(assessment_id, learner))
        await self._dao.commit()
        self._board.publish(
            assessment_id, "answered", {"learner": learner, "answered": answered}
        )
        return Answered(answered=answered, questions=questions)

    async def submit(self, learner: str, assessment_id: int) -> Submitted:
        """Close the learner's seat, and tell the author."""
        assessment, seat = await self._find_seat(assessment_id, learner)
        self._check_open(assessment, seat)
        if len(await self._dao.answers(assessment_id, learner)) < len(assessment.questions):
            raise Refused(409, "incomplete")
        author, title, now = assessment.author, assessment.title, self._clock()
        if not await self._dao.mark_submitted(assessment_id, learner, now):
            raise Refused(409, "submitted")
        await self._dao.commit()
        self._board.publish(assessment_id, "submitted", {"learner": learner})
        mailed = await self._mailed(author, f"Submitted: {title}", f"{learner} has submitted.")
        return Submitted(submitted_at=now, mailed=mailed)

    async def rate(self, author: str, assessment_id: int, learner: str, points: int) -> Rated:
        """Rate what a learner submitted, or change the rating, and tell the learner."""
        assessment = await self._find_own(author, assessment_id)
        seat = await self._dao.find_seat(assessment_id, learner)
        if seat is None:
            raise Refused(404, "no_such_learner")
        if seat.submitted_at is None:
            raise Refused(409, "not_submitted")
        seat.points = points
        title = assessment.title
        await self._dao.commit()
        mailed = await self._mailed(learner, f"Rated: {title}", f"{points} points")
        return Rated(learner=learner, points=points, mailed=mailed)

    async def seat(self, learner: str, assessment_id: int) -> SeatOut:
        """The learner's own seat."""
        _, seat = await self._find_seat(assessment_id, learner)
        values = list((await self._dao.answers(assessment_id, learner)).values())
        return SeatOut(
            learner=learner,
            paid_cents=seat.paid_cents,
            answered=len(values),
            submitted_at=seat.submitted_at,
            mean=None if seat.submitted_at is None else sum(values) / len(values),
            points=seat.points,
        )

    async def remind(self, author: str, assessment_id: int) -> Reminded:
        """Write to everybody who has paid and not submitted, all at the same time."""
        subject = f"Reminder: {(await self._find_own(author, assessment_id)).title}"
        learners = await self._dao.waiting_learners(assessment_id)
        async with asyncio.TaskGroup() as group:
            tasks = {
                learner: group.create_task(
                    self._mailed(learner, subject, "Your answers are waited for.")
                )
                for learner in learners
            }
        return Reminded(
            sent=[learner for learner, task in tasks.items() if task.result()],
            failed=[learner for learner, task in tasks.items() if not task.result()],
        )

    async def check_author(self, author: str, assessment_id: int) -> None:
        """Refuse whoever is not the author of an assessment."""
        await self._find_own(author, assessment_id)

    async def _find(self, assessment_id: int) -> Assessment:
        assessment = await self._dao.find_assessment(assessment_id)
        if assessment is None:
            raise Refused(404, "no_such_assessment")
        return assessment

    async def _find_own(self, author: str, assessment_id: int) -> Assessment:
        assessment = await self._find(assessment_id)
        if assessment.author != author:
            raise Refused(403, "not_author")
        return assessment

    async def _find_seat(self, assessment_id: int, learner: str) -> tuple[Assessment, Seat]:
        assessment = await self._find(assessment_id)
        seat = await self._dao.find_seat(assessment_id, learner)
        if seat is None or seat.paid_cents < assessment.price_cents:
            raise Refused(402, "not_paid")
        return assessment, seat

    def _check_open(self, assessment: Assessment, seat: Seat) -> None:
        if seat.submitted_at is not None:
            raise Refused(409, "submitted")
        if self._clock() >= assessment.closes_at:
            raise Refused(409, "closed")

    async def _mailed(self, to: str, subject: str, text: str) -> bool:
        """Whether a mail could be sent. What is stored stays stored if not."""
        try:
            await self._mailer.send(to, subject, text)
        except MailFailed:
            return False
        return True


def _shown(assessment: Assessment) -> AssessmentOut:
    return AssessmentOut(
        id=assessment.id,
        author=assessment.author,
        title=assessment.title,
        questions=assessment.questions,
        price_cents=assessment.price_cents,
        closes_at=assessment.closes_at,
    )
