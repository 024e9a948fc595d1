from typing import Any

import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn

GOOD: dict[str, Any] = {"title": "Office", "areas": ["typing", "english"], "minutes": 45}
ALL = ["coding", "english", "logic", "sales", "teamwork", "typing"]
BAD: list[tuple[dict[str, Any], str]] = [
    (GOOD | {"title": ""}, "title"),
    (GOOD | {"title": "    "}, "title"),
    (GOOD | {"title": "x" * 1000}, "title"),
    (GOOD | {"areas": []}, "areas"),
    (GOOD | {"areas": ALL}, "areas"),
    (GOOD | {"areas": ["typing"] * 2}, "areas"),
    (GOOD | {"areas": ["dancing"]}, "areas"),
    (GOOD | {"minutes": 0}, "minutes"),
    (GOOD | {"minutes": 1000}, "minutes"),
    (GOOD | {"minutes": "45"}, "minutes"),
    (GOOD | {"minutes": 45.5}, "minutes"),
    (GOOD | {"owner": "Kim"}, "owner"),
    ({"areas": ["typing"], "minutes": 45}, "title"),
    ({"title": "Office", "minutes": 45}, "areas"),
    ({"title": "Office", "areas": ["typing"]}, "minutes"),
]
refused = pytest.mark.parametrize(("body", "field"), BAD)


@refused
@pytest.mark.asyncio
async def test_api_refuses(client: AsyncClient, body: dict[str, Any], field: str) -> None:
    response = await client.post("/assessments", json=body)
    assert response.status_code == 422
    assert all(e["loc"][:2] == ["body", field] for e in response.json()["detail"])
    assert (await client.get("/assessments")).json() == []


@refused
def test_dto_refuses(body: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as caught:
        AssessmentIn.model_validate(body)
    assert all(e["loc"][:1] == (field,) for e in caught.value.errors())


@pytest.mark.asyncio
async def test_api_keeps(client: AsyncClient) -> None:
    response = await client.post("/assessments", json=GOOD | {"title": " Office "})
    assert (response.status_code, response.json()) == (201, GOOD)
    assert (await client.get("/assessments")).json() == [GOOD]


def test_dto_trims() -> None:
    assert AssessmentIn.model_validate(GOOD | {"title": " Office "}).model_dump() == GOOD
