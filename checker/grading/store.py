"""Results as they come, in a database: a grading killed at any moment goes on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import String, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from ..errors import KataError


class BadStore(KataError):
    """The database of results cannot be used."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a result was derived from: the same key gives the same result."""

    learner: str
    exercise: str
    submission: str
    suite: str
    course: str
    seed: int
    sandboxed: bool


class _Base(DeclarativeBase):
    pass


class _Result(_Base):
    __tablename__ = "results"

    learner: Mapped[str] = mapped_column(String(200), primary_key=True)
    exercise: Mapped[str] = mapped_column(String(200), primary_key=True)
    submission: Mapped[str] = mapped_column(String(64))
    suite: Mapped[str] = mapped_column(String(64))
    course: Mapped[str] = mapped_column(String(64))
    seed: Mapped[int]
    sandboxed: Mapped[bool]
    verdict: Mapped[str]


class Store:
    """Verdicts as JSON by learner and exercise. `url`: any that SQLAlchemy knows. Raises BadStore."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = create_engine(url)
            _Base.metadata.create_all(self._engine)
        except (SQLAlchemyError, ImportError) as error:
            raise BadStore(f"{url}: results cannot be kept there ({str(error).splitlines()[0]}).") from error

    def close(self) -> None:
        self._engine.dispose()

    def known(self) -> dict[Key, str]:
        """Every result so far."""
        with Session(self._engine) as session:
            return dict(_told(session))

    def keep(self, key: Key, verdict: str) -> None:
        """Put a result in place of any other of this learner for this exercise; it is safe once this returns."""
        with Session(self._engine) as session, session.begin():
            session.merge(_Result(**{name: getattr(key, name) for name in _FIELDS}, verdict=verdict))


_FIELDS = ("learner", "exercise", "submission", "suite", "course", "seed", "sandboxed")


def _told(session: Session) -> Iterator[tuple[Key, str]]:
    for row in session.scalars(select(_Result)):
        yield Key(*(getattr(row, name) for name in _FIELDS)), row.verdict
