"""The tables of the assessment service, as far as a rating needs them."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """The tables of the assessment service."""


class Assessment(Base):
    """An assessment of a company's team. Each company is a tenant of the service."""

    __tablename__ = "assessments"
    id: Mapped[int] = mapped_column(primary_key=True)
    tenant: Mapped[str]
    closed: Mapped[bool] = mapped_column(default=True)


class Answer(Base):
    """How somebody rated the team in one question, from 1 to 5. A draft may still change."""

    __tablename__ = "answers"
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessments.id"))
    value: Mapped[int]
    draft: Mapped[bool] = mapped_column(default=False)
