"""What skippers do with assessments: create, answer, submit, and read their results."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from skipper_tables import Answer, Assessment, Submission


class Refused(Exception):
    """The request cannot be granted: an HTTP status, and why."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


class Assessments:
    """The assessments as one skipper sees them, in one session. Nothing is committed here."""

    def __init__(self, session: AsyncSession, skipper: str) -> None:
        self._session = session
        self._skipper = skipper

    async def create(self, title: str, questions: int) -> Assessment:
        """A new assessment, for all skippers."""
        assessment = Assessment(title=title, questions=questions)
        self._session.add(assessment)
        await self._session.flush()
        return assessment

    async def answer(self, assessment_id: int, question: int, value: int) -> tuple[int, int]:
        """Store or replace an answer; return how many are answered now, and of how many."""
        assessment = await self._find(assessment_id)
        if not 1 <= question <= assessment.questions:
            raise Refused(404, "No such question")
        if await self._submitted(assessment_id):
            raise Refused(409, "Already submitted")
        await self._session.merge(
            Answer(
                assessment_id=assessment_id, skipper=self._skipper, question=question, value=value
            )
        )
        await self._session.flush()
        return len(await self._values(assessment_id)), assessment.questions

    async def submit(self, assessment_id: int) -> None:
        """Submit the skipper's answers. All questions must be answered."""
        assessment = await self._find(assessment_id)
        if await self._submitted(assessment_id):
            raise Refused(409, "Already submitted")
        answered = len(await self._values(assessment_id))
        if answered < assessment.questions:
            raise Refused(409, f"{answered} of {assessment.questions} answered")
        self._session.add(Submission(assessment_id=assessment_id, skipper=self._skipper))

    async def results(self, assessment_id: int) -> tuple[int, float]:
        """How many answers were submitted, and their mean."""
        await self._find(assessment_id)
        if not await self._submitted(assessment_id):
            raise Refused(409, "Not submitted yet")
        values = await self._values(assessment_id)
        return len(values), sum(values) / len(values)

    async def _find(self, assessment_id: int) -> Assessment:
        assessment = await self._session.get(Assessment, assessment_id)
        if assessment is None:
            raise Refused(404, "No such assessment")
        return assessment

    async def _submitted(self, assessment_id: int) -> bool:
        return await self._session.get(Submission, (assessment_id, self._skipper)) is not None

    async def _values(self, assessment_id: int) -> list[int]:
        mine = select(Answer.value).where(
            Answer.assessment_id == assessment_id, Answer.skipper == self._skipper
        )
        return list(await self._session.scalars(mine.order_by(Answer.question)))
