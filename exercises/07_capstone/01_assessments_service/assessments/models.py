"""The tables. All times are whole seconds since 1970, all money is in cents."""

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the service."""


class Assessment(Base):
    """Questions that an author asks, until it closes. Questions are numbered from 1."""

    __tablename__ = "assessments"
    __table_args__ = (UniqueConstraint("author", "title"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    author: Mapped[str]
    title: Mapped[str]
    questions: Mapped[list[str]] = mapped_column(JSON)
    price_cents: Mapped[int]
    closes_at: Mapped[int]


class Seat(Base):
    """A learner's place in an assessment: what was paid for it, and what became of it."""

    __tablename__ = "seats"
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    learner: Mapped[str] = mapped_column(primary_key=True)
    paid_cents: Mapped[int]
    submitted_at: Mapped[int | None] = mapped_column(default=None)
    points: Mapped[int | None] = mapped_column(default=None)


class Answer(Base):
    """A learner's answer to one question."""

    __tablename__ = "answers"
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    learner: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


class BookedEvent(Base):
    """An event of the payment provider that has been booked, and must not be booked again."""

    __tablename__ = "booked_events"
    id: Mapped[str] = mapped_column(primary_key=True)
