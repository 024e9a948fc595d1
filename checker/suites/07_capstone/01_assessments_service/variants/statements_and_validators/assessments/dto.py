"""Bodies that check themselves with functions; responses that are plain records."""

from pydantic import BaseModel, ConfigDict, StrictInt, StrictStr, field_validator
from pydantic.dataclasses import dataclass


def _between(least: int, most: int | None, number: int) -> int:
    if number < least or (most is not None and number > most):
        raise ValueError("out of range")
    return number


class NewAssessment(BaseModel):
    model_config = ConfigDict(extra="forbid")
    days: StrictInt
    price_cents: StrictInt
    questions: list[StrictStr]
    title: StrictStr

    @field_validator("title")
    @classmethod
    def _title(cls, title: str) -> str:
        title = title.strip()
        if not title or len(title) > 80:
            raise ValueError("from 1 to 80 characters")
        return title

    @field_validator("questions")
    @classmethod
    def _questions(cls, questions: list[str]) -> list[str]:
        _between(1, 20, len(questions))
        if not all(question.strip() for question in questions):
            raise ValueError("a question is blank")
        return [question.strip() for question in questions]

    @field_validator("price_cents")
    @classmethod
    def _price(cls, cents: int) -> int:
        return _between(0, None, cents)

    @field_validator("days")
    @classmethod
    def _days(cls, days: int) -> int:
        return _between(1, 30, days)


class NewAnswer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: StrictInt

    @field_validator("value")
    @classmethod
    def _value(cls, value: int) -> int:
        return _between(0, 5, value)


class NewRating(BaseModel):
    model_config = ConfigDict(extra="forbid")
    points: StrictInt

    @field_validator("points")
    @classmethod
    def _points(cls, points: int) -> int:
        return _between(0, 100, points)


class PaymentEvent(BaseModel):
    cents: int
    learner: str
    assessment: int
    id: str


@dataclass
class AssessmentOut:
    closes_at: int
    price_cents: int
    questions: list[str]
    title: str
    author: str
    id: int


@dataclass
class Answered:
    questions: int
    answered: int


@dataclass
class Submitted:
    mailed: bool
    submitted_at: int


@dataclass
class Rated:
    mailed: bool
    points: int
    learner: str


@dataclass
class SeatOut:
    points: int | None
    mean: float | None
    submitted_at: int | None
    answered: int
    paid_cents: int
    learner: str


@dataclass
class Reminded:
    failed: list[str]
    sent: list[str]
