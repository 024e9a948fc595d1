import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn

pytestmark = pytest.mark.asyncio

MISSING = object()
FIVE = ["typing", "teamwork", "sales", "logic", "english"]
CASES = [
    # field, value, whether it is in order
    ("title", "", False),
    ("title", " \n ", False),
    ("title", "a", True),
    ("title", "a" * 200, True),
    ("title", "a" * 201, False),
    ("title", MISSING, False),
    ("areas", [], False),
    ("areas", ["typing"], True),
    ("areas", FIVE, True),
    ("areas", [*FIVE, "coding"], False),
    ("areas", ["logic", "typing", "logic"], False),
    ("areas", ["swimming"], False),
    ("areas", MISSING, False),
    ("minutes", 9, False),
    ("minutes", 10, True),
    ("minutes", 180, True),
    ("minutes", 181, False),
    ("minutes", "60", False),
    ("minutes", 60.5, False),
    ("minutes", MISSING, False),
    ("mintues", 60, False),
]


def names(value: object) -> str | None:
    return "missing" if value is MISSING else None


@pytest.fixture
def body(field: str, value: object) -> dict[str, object]:
    body: dict[str, object] = {"title": "Typist", "areas": ["coding", "typing"], "minutes": 90}
    body[field] = value
    if value is MISSING:
        del body[field]
    return body


@pytest.mark.parametrize(("field", "value", "fine"), CASES, ids=names)
async def test_api(
    client: AsyncClient, body: dict[str, object], field: str, value: object, fine: bool
) -> None:
    response = await client.post("/assessments", json=body)
    listed = await client.get("/assessments")
    if fine:
        assert response.status_code == 201
        assert response.json() == body
        assert listed.json() == [body]
    else:
        assert response.status_code == 422
        assert response.json()["detail"]
        for error in response.json()["detail"]:
            assert error["loc"][0] == "body"
            assert error["loc"][1] == field
        assert listed.json() == []


@pytest.mark.parametrize(("field", "value", "fine"), CASES, ids=names)
async def test_model(body: dict[str, object], field: str, value: object, fine: bool) -> None:
    if fine:
        assert AssessmentIn.model_validate(body).model_dump(mode="json") == body
    else:
        with pytest.raises(ValidationError) as info:
            AssessmentIn.model_validate(body)
        for error in info.value.errors():
            assert error["loc"][0] == field


@pytest.mark.parametrize("length", [1, 200])
async def test_blanks_do_not_count(client: AsyncClient, length: int) -> None:
    title = "a" * length
    body = {"title": f"   {title}  ", "areas": ["logic"], "minutes": 10}
    response = await client.post("/assessments", json=body)
    assert response.status_code == 201
    assert response.json()["title"] == title
    assert [kept["title"] for kept in (await client.get("/assessments")).json()] == [title]
    assert AssessmentIn.model_validate(body).title == title


async def test_two(client: AsyncClient) -> None:
    for minutes in (20, 30):
        body = {"title": "Typist", "areas": ["typing"], "minutes": minutes}
        await client.post("/assessments", json=body)
    listed = (await client.get("/assessments")).json()
    assert sorted(kept["minutes"] for kept in listed) == [20, 30]
