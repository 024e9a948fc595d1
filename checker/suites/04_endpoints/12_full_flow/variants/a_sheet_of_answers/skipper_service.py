"""Skippers' sheets: all answers of an assessment are read at once, and the sheet decides."""

from dataclasses import dataclass, field
from statistics import fmean

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from skipper_tables import Answer, Assessment, Submission


class Refused(Exception):
    def __init__(self, status: int, reason: str) -> None:
        self.status, self.reason = status, reason


@dataclass
class Sheet:
    """A skipper's copy of an assessment."""

    size: int
    answers: dict[int, Answer] = field(default_factory=dict)
    closed: bool = False

    def check_open(self) -> None:
        if self.closed:
            raise Refused(409, "Already submitted")

    def check_complete(self) -> None:
        if missing := self.size - len(self.answers):
            raise Refused(409, f"{self.size - missing} of {self.size} answered")

    def check_question(self, question: int) -> None:
        if question <= 0 or question > self.size:
            raise Refused(404, "No such question")


class Assessments:
    def __init__(self, session: AsyncSession, skipper: str) -> None:
        self.session = session
        self.skipper = skipper

    async def _sheet(self, number: int) -> Sheet:
        assessment = await self.session.get(Assessment, number)
        if not assessment:
            raise Refused(404, "No such assessment")
        sheet = Sheet(assessment.questions)
        for answer in await self.session.scalars(select(Answer)):
            if (answer.assessment_id, answer.skipper) == (number, self.skipper):
                sheet.answers[answer.question] = answer
        for submission in await self.session.scalars(select(Submission)):
            if (submission.assessment_id, submission.skipper) == (number, self.skipper):
                sheet.closed = True
        return sheet

    async def create(self, title: str, questions: int) -> Assessment:
        assessment = Assessment(questions=questions, title=title)
        self.session.add(assessment)
        await self.session.commit()
        return assessment

    async def answer(self, number: int, question: int, value: int) -> tuple[int, int]:
        sheet = await self._sheet(number)
        sheet.check_open()
        sheet.check_question(question)
        if question in sheet.answers:
            sheet.answers[question].value = value
        else:
            new = Answer(assessment_id=number, skipper=self.skipper, question=question, value=value)
            sheet.answers[question] = new
            self.session.add(new)
        return len(sheet.answers), sheet.size

    async def submit(self, number: int) -> None:
        sheet = await self._sheet(number)
        sheet.check_open()
        sheet.check_complete()
        self.session.add(Submission(skipper=self.skipper, assessment_id=number))

    async def results(self, number: int) -> tuple[int, float]:
        sheet = await self._sheet(number)
        if sheet.closed is False:
            raise Refused(409, "Not submitted yet")
        return sheet.size, fmean(answer.value for answer in sheet.answers.values())
