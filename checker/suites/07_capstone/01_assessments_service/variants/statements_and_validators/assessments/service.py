"""The rules, as questions that a view of one assessment answers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from .dto import Answered, AssessmentOut, Rated, Reminded, SeatOut, Submitted
from .errors import Refused, TitleTaken
from .mail import MailFailed

Clock = Callable[[], int]
PUBLIC = ("id", "author", "title", "questions", "price_cents", "closes_at")


@dataclass
class View:
    """An assessment and a learner's place in it, as they were when they were read."""

    author: str
    title: str
    size: int
    closes_at: int
    paid: int | None
    has_seat: bool
    submitted_at: int | None
    points: int | None


class AssessmentService:
    def __init__(self, dao, mailer, board, clock):
        self.dao, self.mailer, self.board, self.clock = dao, mailer, board, clock

    async def create(self, author, new):
        try:
            made = await self.dao.add_assessment(author, new, 86_400 * new.days + self.clock())
            shown = AssessmentOut(**{name: getattr(made, name) for name in PUBLIC})
        except TitleTaken:
            raise Refused(409, "title_taken") from None
        await self.dao.commit()
        return shown

    async def show(self, id):
        found = await self.dao.find_assessment(id)
        if not found:
            raise Refused(404, "no_such_assessment")
        return AssessmentOut(**{name: getattr(found, name) for name in PUBLIC})

    async def answer(self, learner, id, question, value):
        view = await self._open(id, learner)
        if question not in range(1, view.size + 1):
            raise Refused(404, "no_such_question")
        await self.dao.put_answer(id, learner, question, value)
        done = Answered(answered=len(await self.dao.answers(id, learner)), questions=view.size)
        await self.dao.commit()
        self.board.publish(id, "answered", {"answered": done.answered, "learner": learner})
        return done

    async def submit(self, learner, id):
        view, now = await self._open(id, learner), self.clock()
        if set(await self.dao.answers(id, learner)) != set(range(1, view.size + 1)):
            raise Refused(409, "incomplete")
        if await self.dao.mark_submitted(id, learner, now):
            await self.dao.commit()
        else:
            raise Refused(409, "submitted")
        self.board.publish(id, "submitted", {"learner": learner})
        told = await self._tell([view.author], f"Submitted: {view.title}", f"{learner} has submitted.")
        return Submitted(submitted_at=now, mailed=told[view.author])

    async def rate(self, author, id, learner, points):
        view = await self._mine(author, id, learner)
        if view.paid is None:
            raise Refused(404, "no_such_learner")
        if view.submitted_at is None:
            raise Refused(409, "not_submitted")
        (await self.dao.find_seat(id, learner)).points = points
        await self.dao.commit()
        told = await self._tell([learner], f"Rated: {view.title}", f"{points} points")
        return Rated(learner=learner, points=points, mailed=told[learner])

    async def seat(self, learner, id):
        view = await self._paid(id, learner)
        values = (await self.dao.answers(id, learner)).values()
        mean = fmean(values) if view.submitted_at is not None else None
        return SeatOut(
            points=view.points,
            mean=mean,
            submitted_at=view.submitted_at,
            answered=len(values),
            paid_cents=view.paid,
            learner=learner,
        )

    async def remind(self, author, id):
        view = await self._mine(author, id, author)
        waiting = await self.dao.waiting_learners(id)
        told = await self._tell(waiting, f"Reminder: {view.title}", "Your answers are waited for.")
        by = {True: [], False: []}
        for learner, went in reversed(told.items()):
            by[went].append(learner)
        return Reminded(sent=by[True], failed=by[False])

    async def check_author(self, author, id):
        await self._mine(author, id, author)

    async def _view(self, id, learner):
        shown = await self.show(id)
        seat = await self.dao.find_seat(id, learner)
        paid = None if seat is None else seat.paid_cents
        return View(
            shown.author,
            shown.title,
            len(shown.questions),
            shown.closes_at,
            paid,
            paid is not None and paid >= shown.price_cents,
            seat and seat.submitted_at,
            seat and seat.points,
        )

    async def _mine(self, author, id, learner):
        view = await self._view(id, learner)
        if view.author == author:
            return view
        raise Refused(403, "not_author")

    async def _paid(self, id, learner):
        view = await self._view(id, learner)
        if view.has_seat:
            return view
        raise Refused(402, "not_paid")

    async def _open(self, id, learner):
        view = await self._paid(id, learner)
        if view.submitted_at is not None or self.clock() >= view.closes_at:
            raise Refused(409, "closed" if view.submitted_at is None else "submitted")
        return view

    async def _tell(self, learners, subject, text):
        """Write to all of them at once; who was reached."""
        mails = [self.mailer.send(learner, subject, text) for learner in learners]
        results = await asyncio.gather(*mails, return_exceptions=True)
        for result in results:
            if result is not None and not isinstance(result, MailFailed):
                raise result
        return {learner: result is None for learner, result in zip(learners, results, strict=True)}
