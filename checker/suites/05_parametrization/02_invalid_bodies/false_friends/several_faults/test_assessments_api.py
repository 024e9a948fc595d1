from typing import Any

import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn

FIVE = ["coding", "english", "logic", "sales", "teamwork"]
INVALID: list[tuple[dict[str, Any], str]] = [
    ({}, "title"),
    ({"title": ""}, "title"),
    ({"title": "   "}, "title"),
    ({"title": "x" * 201}, "title"),
    ({"areas": []}, "areas"),
    ({"areas": [*FIVE, "typing"]}, "areas"),
    ({"areas": ["logic", "logic"]}, "areas"),
    ({"areas": ["juggling"]}, "areas"),
    ({"minutes": 9}, "minutes"),
    ({"minutes": 181}, "minutes"),
    ({"minutes": "60"}, "minutes"),
    ({"minutes": 60.5}, "minutes"),
]
VALID = [
    {"title": "x", "areas": ["typing"], "minutes": 10},
    {"title": "x" * 200, "areas": FIVE, "minutes": 180},
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("body", "field"), INVALID)
async def test_refused(client: AsyncClient, body: dict[str, Any], field: str) -> None:
    response = await client.post("/assessments", json=body)

    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"][0] == "body"
    assert (await client.get("/assessments")).json() == []


@pytest.mark.parametrize(("body", "field"), INVALID)
def test_dto_refuses(body: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError):
        AssessmentIn.model_validate(body)


@pytest.mark.asyncio
@pytest.mark.parametrize("body", VALID)
async def test_kept(client: AsyncClient, body: dict[str, Any]) -> None:
    response = await client.post("/assessments", json=body | {"title": f" {body['title']} "})

    assert response.status_code == 201
    assert response.json() == body
    assert (await client.get("/assessments")).json() == [body]
