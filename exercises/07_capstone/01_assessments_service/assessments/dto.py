"""What comes in and what goes out, as models that refuse what they should not hold."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class NewAssessment(_Body):
    """What an author asks for."""

    title: Title
    questions: list[Question] = Field(min_length=1, max_length=20)
    price_cents: int = Field(ge=0)
    days: int = Field(ge=1, le=30)


class NewAnswer(_Body):
    """A learner's answer, from 0 to 5."""

    value: int = Field(ge=0, le=5)


class NewRating(_Body):
    """An author's rating, from 0 to 100."""

    points: int = Field(ge=0, le=100)


class PaymentEvent(BaseModel):
    """What the provider tells about a payment. It may tell more, which is not looked at."""

    id: str
    assessment: int
    learner: str
    cents: int


class AssessmentOut(BaseModel):
    """An assessment as everybody sees it."""

    id: int
    author: str
    title: str
    questions: list[str]
    price_cents: int
    closes_at: int


class Answered(BaseModel):
    """How many questions a learner has answered by now, and of how many."""

    answered: int
    questions: int


class Submitted(BaseModel):
    """When a learner submitted, and whether the author could be told."""

    submitted_at: int
    mailed: bool


class Rated(BaseModel):
    """What a learner got, and whether the learner could be told."""

    learner: str
    points: int
    mailed: bool


class SeatOut(BaseModel):
    """A learner's seat as the learner sees it. There is no mean before it is submitted."""

    learner: str
    paid_cents: int
    answered: int
    submitted_at: int | None
    mean: float | None
    points: int | None


class Reminded(BaseModel):
    """Who was reminded, and who could not be."""

    sent: list[str]
    failed: list[str]
