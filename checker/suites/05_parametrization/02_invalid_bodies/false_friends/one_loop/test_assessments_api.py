from typing import Any

import pytest
from httpx import AsyncClient
from pydantic import ValidationError

from assessments_api import AssessmentIn

GOOD: dict[str, Any] = {"title": "Sales", "areas": ["sales", "english"], "minutes": 45}
FIVE = ["coding", "english", "logic", "sales", "teamwork"]
BAD = [
    ("title", ""),
    ("title", " \t"),
    ("title", "x" * 201),
    ("areas", []),
    ("areas", [*FIVE, "typing"]),
    ("areas", ["sales", "sales"]),
    ("areas", ["sales", "logic", "sales"]),
    ("areas", ["sails"]),
    ("minutes", 9),
    ("minutes", 181),
    ("minutes", "45"),
    ("minutes", 45.5),
    ("colour", "red"),
]
FINE = [
    ("title", "x"),
    ("title", "x" * 200),
    ("areas", ["typing"]),
    ("areas", FIVE),
    ("minutes", 10),
    ("minutes", 180),
]


async def post_refused(client: AsyncClient, body: dict[str, Any], field: str) -> None:
    response = await client.post("/assessments", json=body)
    assert response.status_code == 422
    assert {tuple(e["loc"][:2]) for e in response.json()["detail"]} == {("body", field)}
    with pytest.raises(ValidationError) as caught:
        AssessmentIn.model_validate(body)
    assert {e["loc"][:1] for e in caught.value.errors()} == {(field,)}


@pytest.mark.asyncio
async def test_all_bad_ones(client: AsyncClient) -> None:
    for field, value in BAD:
        await post_refused(client, GOOD | {field: value}, field)
    for field in GOOD:
        body = dict(GOOD)
        del body[field]
        await post_refused(client, body, field)
    assert (await client.get("/assessments")).json() == []


@pytest.mark.asyncio
async def test_all_good_ones(client: AsyncClient) -> None:
    kept = []
    for field, value in FINE:
        body = GOOD | {field: value}
        kept.append(body)
        padded = body | {"title": f"  {body['title']}  "}
        response = await client.post("/assessments", json=padded)
        assert response.status_code == 201
        assert response.json() == body
        listed = (await client.get("/assessments")).json()
        assert body in listed
        assert len(listed) == len(kept)
        assert AssessmentIn.model_validate(padded).model_dump() == body
