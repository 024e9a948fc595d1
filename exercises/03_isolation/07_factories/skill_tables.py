"""Candidates, their assessments, and the points of each answer."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The tables of the assessment service."""


class Candidate(Base):
    """Somebody who is assessed. No two have the same address."""

    __tablename__ = "candidates"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)


class Assessment(Base):
    """One sitting of a candidate; `status` is "open" or "submitted"."""

    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    candidate_id: Mapped[int] = mapped_column(ForeignKey("candidates.id"))
    title: Mapped[str]
    status: Mapped[str]
    candidate: Mapped[Candidate] = relationship()


class Answer(Base):
    """An answer, and its points, from 0 to 5."""

    __tablename__ = "answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    points: Mapped[int]
    assessment: Mapped[Assessment] = relationship()
