"""The tables of a sailing club's assessments."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the club."""


class Assessment(Base):
    """So many questions, numbered from 1, about one side of sailing."""

    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    questions: Mapped[int]


class Answer(Base):
    """A skipper's answer to one question: how well it goes."""

    __tablename__ = "answers"
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    skipper: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int]


class Submission(Base):
    """A skipper has submitted an assessment: from now on there are results, and no more answers."""

    __tablename__ = "submissions"
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"), primary_key=True)
    skipper: Mapped[str] = mapped_column(primary_key=True)
