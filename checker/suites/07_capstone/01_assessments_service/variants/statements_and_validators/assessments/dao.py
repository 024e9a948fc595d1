"""The database by statements: nothing is loaded that need not be, and every write is one statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from .errors import StorageError, TitleTaken
from .models import Answer, Assessment, BookedEvent, Seat


@contextmanager
def _storage() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StorageError(type(error).__name__) from error


class AssessmentDao:
    def __init__(self, session) -> None:
        self.session = session

    async def commit(self) -> None:
        with _storage():
            await self.session.commit()

    async def add_assessment(self, author, new, closes_at):
        values = new.model_dump(exclude={"days"}) | {"author": author, "closes_at": closes_at}
        with _storage():
            try:
                made = await self.session.execute(insert(Assessment).values(**values))
            except IntegrityError:
                await self.session.rollback()
                raise TitleTaken(new.title) from None
            return await self.session.get(Assessment, made.inserted_primary_key[0])

    async def find_assessment(self, assessment_id):
        with _storage():
            return await self.session.scalar(select(Assessment).filter_by(id=assessment_id))

    async def find_seat(self, assessment_id, learner):
        with _storage():
            return await self.session.scalar(
                select(Seat)
                .filter_by(assessment_id=assessment_id, learner=learner)
                .execution_options(populate_existing=True)
            )

    async def book(self, event_id, assessment_id, learner, cents):
        with _storage():
            new = insert(BookedEvent).values(id=event_id).on_conflict_do_nothing()
            if (await self.session.execute(new)).rowcount == 0:
                return False
            seat = insert(Seat).values(assessment_id=assessment_id, learner=learner, paid_cents=cents)
            await self.session.execute(
                seat.on_conflict_do_update(
                    index_elements=[Seat.assessment_id, Seat.learner],
                    set_={"paid_cents": Seat.paid_cents + cents},
                )
            )
            return True

    async def put_answer(self, assessment_id, learner, question, value):
        key = {"assessment_id": assessment_id, "learner": learner, "question": question}
        new = insert(Answer).values(**key, value=value)
        with _storage():
            await self.session.execute(
                new.on_conflict_do_update(index_elements=list(key), set_={"value": value})
            )

    async def answers(self, assessment_id, learner):
        with _storage():
            rows = await self.session.execute(
                select(Answer.question, Answer.value)
                .filter_by(assessment_id=assessment_id, learner=learner)
                .order_by(Answer.question.desc())
            )
            return {row.question: row.value for row in rows}

    async def mark_submitted(self, assessment_id, learner, at):
        table = Seat.__table__
        with _storage():
            done = await self.session.execute(
                table.update()
                .where(
                    table.c.assessment_id == assessment_id,
                    table.c.learner == learner,
                    func.coalesce(table.c.submitted_at, -1) == -1,
                )
                .values(submitted_at=at)
            )
            return done.rowcount == 1

    async def waiting_learners(self, assessment_id):
        price = select(Assessment.price_cents).where(Assessment.id == assessment_id).scalar_subquery()
        with _storage():
            found = await self.session.scalars(
                select(Seat)
                .where(Seat.assessment_id == assessment_id, Seat.paid_cents >= price)
                .order_by(Seat.learner.desc())
            )
            return [seat.learner for seat in found if seat.submitted_at is None]
