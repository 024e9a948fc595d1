"""Bodies at the edge of the contract: each refused one is a valid one with a single fault."""

from typing import Any

import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn

VALID: dict[str, Any] = {"title": "Junior developer", "areas": ["coding", "logic"], "minutes": 60}
FIVE = ["coding", "english", "logic", "sales", "teamwork"]


def without(field: str) -> dict[str, Any]:
    return {name: value for name, value in VALID.items() if name != field}


refused = pytest.mark.parametrize(
    ("body", "field"),
    [
        pytest.param(VALID | {"title": ""}, "title", id="title-empty"),
        pytest.param(VALID | {"title": "   "}, "title", id="title-blank"),
        pytest.param(VALID | {"title": "x" * 201}, "title", id="title-201"),
        pytest.param(without("title"), "title", id="title-missing"),
        pytest.param(VALID | {"areas": []}, "areas", id="areas-none"),
        pytest.param(VALID | {"areas": [*FIVE, "typing"]}, "areas", id="areas-six"),
        pytest.param(VALID | {"areas": ["coding", "coding"]}, "areas", id="areas-twice"),
        pytest.param(VALID | {"areas": ["sales", "logic", "sales"]}, "areas", id="areas-again"),
        pytest.param(VALID | {"areas": ["coding", "cooking"]}, "areas", id="areas-unknown"),
        pytest.param(without("areas"), "areas", id="areas-missing"),
        pytest.param(VALID | {"minutes": 9}, "minutes", id="minutes-9"),
        pytest.param(VALID | {"minutes": 181}, "minutes", id="minutes-181"),
        pytest.param(VALID | {"minutes": "60"}, "minutes", id="minutes-as-text"),
        pytest.param(VALID | {"minutes": 60.5}, "minutes", id="minutes-with-a-half"),
        pytest.param(without("minutes"), "minutes", id="minutes-missing"),
        pytest.param(VALID | {"owner": "Kim"}, "owner", id="one-field-too-many"),
    ],
)
accepted = pytest.mark.parametrize(
    ("body", "title"),
    [
        pytest.param(VALID | {"title": "x"}, "x", id="title-1"),
        pytest.param(VALID | {"title": f" {'x' * 200} "}, "x" * 200, id="title-200-and-blanks"),
        pytest.param(VALID | {"areas": ["sales"]}, VALID["title"], id="areas-one"),
        pytest.param(VALID | {"areas": FIVE[::-1]}, VALID["title"], id="areas-five"),
        pytest.param(VALID | {"areas": ["typing", "coding"]}, VALID["title"], id="areas-typing"),
        pytest.param(VALID | {"minutes": 10}, VALID["title"], id="minutes-10"),
        pytest.param(VALID | {"minutes": 180}, VALID["title"], id="minutes-180"),
    ],
)


@pytest.mark.asyncio
@refused
async def test_the_api_refuses_and_blames(
    client: AsyncClient, body: dict[str, Any], field: str
) -> None:
    response = await client.post("/assessments", json=body)

    assert response.status_code == 422
    assert {tuple(error["loc"][:2]) for error in response.json()["detail"]} == {("body", field)}
    assert (await client.get("/assessments")).json() == []


@refused
def test_the_dto_refuses_and_blames(body: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        AssessmentIn.model_validate(body)

    assert {error["loc"][:1] for error in caught.value.errors()} == {(field,)}


@pytest.mark.asyncio
@accepted
async def test_the_api_keeps(client: AsyncClient, body: dict[str, Any], title: str) -> None:
    response = await client.post("/assessments", json=body)

    expected = body | {"title": title}
    assert (response.status_code, response.json()) == (201, expected)
    assert (await client.get("/assessments")).json() == [expected]


@pytest.mark.asyncio
async def test_the_api_keeps_one_beside_the_other(client: AsyncClient) -> None:
    bodies = [VALID, VALID | {"title": "Senior developer"}]

    for body in bodies:
        await client.post("/assessments", json=body)

    kept = (await client.get("/assessments")).json()
    assert sorted(kept, key=lambda assessment: assessment["title"]) == bodies


@accepted
def test_the_dto_takes(body: dict[str, Any], title: str) -> None:
    assessment = AssessmentIn.model_validate(body)

    assert (assessment.title, assessment.areas, assessment.minutes) == (
        title,
        body["areas"],
        body["minutes"],
    )
