"""The assessment database: its tables, and how a file with the question bank in it is made."""

from pathlib import Path

from sqlalchemy import ForeignKey, UniqueConstraint, create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

QUESTIONS: dict[str, int] = {"Q1": 2, "Q2": 3, "Q3": 5}
"""The question bank: the code of each question, and the points it gives at most."""

created: list[Path] = []
"""Each database file made in this process, oldest first."""


class Base(DeclarativeBase):
    """The tables of the assessment service."""


class Question(Base):
    """A question of the bank. Candidates answer it, nobody writes it during an assessment."""

    __tablename__ = "questions"
    code: Mapped[str] = mapped_column(primary_key=True)
    max_points: Mapped[int]


class Assessment(Base):
    """One candidate's sitting."""

    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    candidate: Mapped[str]
    status: Mapped[str] = mapped_column(default="open")
    score: Mapped[int | None] = mapped_column(default=None)


class Answer(Base):
    """The points that one answer earned. A question is answered once in an assessment."""

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("assessment_id", "question_code"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    question_code: Mapped[str] = mapped_column(ForeignKey("questions.code"))
    points: Mapped[int]


class GradingAttempt(Base):
    """A line of the audit trail: somebody asked for a grade."""

    __tablename__ = "grading_attempts"
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))


def create_database(path: Path) -> None:
    """Make the database file `path`: all tables, with the question bank loaded.

    The real bank takes most of a minute to load. So this runs once for a whole test run.
    """
    engine = create_engine(f"sqlite:///{path}")
    Base.metadata.create_all(engine)
    with Session(engine) as session, session.begin():
        session.add_all(Question(code=code, max_points=points) for code, points in QUESTIONS.items())
    engine.dispose()
    created.append(path)
