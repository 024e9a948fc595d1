from typing import Any

import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn

GOOD: dict[str, Any] = {"title": "Sales", "areas": ["sales", "english"], "minutes": 45}
FIVE = ["coding", "english", "logic", "sales", "teamwork"]
FAULTS: list[dict[str, Any]] = [
    {"title": ""},
    {"title": " "},
    {"title": "x" * 201},
    {"areas": []},
    {"areas": [*FIVE, "typing"]},
    {"areas": ["sales", "sales"]},
    {"areas": ["sales", "logic", "sales"]},
    {"areas": ["sails"]},
    {"minutes": 9},
    {"minutes": 181},
    {"minutes": "45"},
    {"minutes": 45.5},
    {"colour": "red"},
]
BAD = [GOOD | fault for fault in FAULTS] + [
    {name: value for name, value in GOOD.items() if name != gone} for gone in GOOD
]
FINE: list[dict[str, Any]] = [
    {"title": "x"},
    {"title": "x" * 200},
    {"areas": ["typing"]},
    {"areas": FIVE},
    {"minutes": 10},
    {"minutes": 180},
]


@pytest.mark.asyncio
@pytest.mark.parametrize("body", BAD)
async def test_422(client: AsyncClient, body: dict[str, Any]) -> None:
    assert (await client.post("/assessments", json=body)).status_code == 422
    assert (await client.get("/assessments")).json() == []


@pytest.mark.parametrize("body", BAD)
def test_dto(body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        AssessmentIn.model_validate(body)


@pytest.mark.asyncio
@pytest.mark.parametrize("change", FINE)
async def test_201(client: AsyncClient, change: dict[str, Any]) -> None:
    body = GOOD | change
    padded = body | {"title": f"  {body['title']}  "}
    response = await client.post("/assessments", json=padded)
    assert response.status_code == 201
    assert response.json() == body
    assert (await client.get("/assessments")).json() == [body]
    assert AssessmentIn.model_validate(padded).model_dump() == body


@pytest.mark.asyncio
async def test_the_api_keeps_one_beside_the_other(client: AsyncClient) -> None:
    bodies = [GOOD, GOOD | {"title": "Service"}]

    for body in bodies:
        await client.post("/assessments", json=body)

    kept = (await client.get("/assessments")).json()
    assert sorted(kept, key=lambda assessment: assessment["title"]) == bodies
