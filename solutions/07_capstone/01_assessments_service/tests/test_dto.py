"""1, 2: what a request may hold."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from assessments.dto import NewAnswer, NewAssessment, NewRating
from fakes import MILK, User, seen

FAULTS: list[Any] = [
    pytest.param({"title": ""}, "title", id="no-title"),
    pytest.param({"title": "   "}, "title", id="blank-title"),
    pytest.param({"title": "t" * 81}, "title", id="title-of-81"),
    pytest.param({"questions": []}, "questions", id="no-questions"),
    pytest.param({"questions": ["Why?"] * 21}, "questions", id="21-questions"),
    pytest.param({"questions": ["Why?", "  "]}, "questions", id="blank-question"),
    pytest.param({"price_cents": -1}, "price_cents", id="negative-price"),
    pytest.param({"price_cents": "900"}, "price_cents", id="price-as-text"),
    pytest.param({"days": 0}, "days", id="no-day"),
    pytest.param({"days": 31}, "days", id="31-days"),
    pytest.param({"days": 1.5}, "days", id="half-days"),
    pytest.param({"author": "eve@x.org"}, "author", id="unknown-field"),
]


@pytest.mark.parametrize(("fault", "field"), FAULTS)
def test_an_assessment_has_no_fault(fault: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        NewAssessment.model_validate(MILK | fault)

    assert {error["loc"][0] for error in refused.value.errors()} == {field}


def test_all_fields_are_required() -> None:
    for field in MILK:
        with pytest.raises(ValidationError, match=field):
            NewAssessment.model_validate({name: MILK[name] for name in MILK if name != field})


def test_the_edges_are_allowed() -> None:
    edges: list[dict[str, object]] = [
        {"title": "t" * 80},
        {"title": "t"},
        {"questions": ["Why?"]},
        {"questions": ["Why?"] * 20},
        {"price_cents": 0},
        {"days": 1},
        {"days": 30},
    ]
    for edge in edges:
        assert NewAssessment.model_validate(MILK | edge).model_dump() == MILK | edge


def test_white_space_around_a_title_does_not_count() -> None:
    made = NewAssessment.model_validate(MILK | {"title": f"  {'t' * 80}\n"})

    assert made.title == "t" * 80


@pytest.mark.parametrize(
    ("model", "field", "most"), [(NewAnswer, "value", 5), (NewRating, "points", 100)]
)
def test_the_range_of_a_number(model: type[BaseModel], field: str, most: int) -> None:
    assert [getattr(model(**{field: edge}), field) for edge in (0, most)] == [0, most]

    for wrong in (-1, most + 1, "3", True, 2.5):
        with pytest.raises(ValidationError):
            model(**{field: wrong})
    with pytest.raises(ValidationError):
        model()
    with pytest.raises(ValidationError):
        model(**{field: 1, "more": 1})


@pytest.mark.asyncio
async def test_a_wrong_body_is_told_field_by_field(ada: User) -> None:
    wrong = MILK | {"title": " ", "questions": ["", " "], "days": 0}

    status, body = seen(await ada.ask("POST", "", wrong))

    assert status == 422
    assert isinstance(body, dict)
    assert body["code"] == "invalid"
    assert sorted(body.pop("fields")) == ["days", "questions", "title"]
    assert body == {"code": "invalid"}


@pytest.mark.asyncio
async def test_other_wrong_bodies(ada: User, tea: int) -> None:
    answer = await ada.ask("PUT", f"/{tea}/answers/1", {"value": 6})
    rating = await ada.ask("PUT", f"/{tea}/ratings/kim@x.org", {})

    assert seen(answer) == (422, {"code": "invalid", "fields": ["value"]})
    assert seen(rating) == (422, {"code": "invalid", "fields": ["points"]})
