import pytest

from assessments.dto import NewAnswer, NewAssessment, NewRating

FIELDS = {"title": "Bats", "questions": ["1"], "price_cents": 7, "days": 2}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", ["", "   ", "b" * 81, 1]),
        ("questions", [[], ["1"] * 21, [" "], [""]]),
        ("price_cents", [-1, "7", 7.5, False]),
        ("days", [0, 31, "2", 2.5]),
        ("more", [1]),
    ],
)
def test_wrong_fields(field, values):
    for value in values:
        with pytest.raises(ValueError, match=field):
            NewAssessment.model_validate({**FIELDS, field: value})


def test_right_fields():
    for field, value in [("title", "b" * 80), ("questions", ["1"] * 20), ("price_cents", 0), ("days", 1), ("days", 30)]:
        assert NewAssessment(**{**FIELDS, field: value}).model_dump() == {**FIELDS, field: value}
    assert NewAssessment(**{**FIELDS, "title": " Bats "}).title == "Bats"
    for missing in FIELDS:
        with pytest.raises(ValueError, match=missing):
            NewAssessment(**{k: v for k, v in FIELDS.items() if k != missing})


@pytest.mark.parametrize(("model", "field", "last"), [(NewAnswer, "value", 5), (NewRating, "points", 100)])
def test_small_bodies(model, field, last):
    assert [getattr(model(**{field: n}), field) for n in (0, 1, last)] == [0, 1, last]
    for body in [{field: -1}, {field: last + 1}, {field: "0"}, {field: 0.5}, {field: True}, {}, {field: 0, "z": 0}]:
        with pytest.raises(ValueError, match="validation error"):
            model.model_validate(body)
