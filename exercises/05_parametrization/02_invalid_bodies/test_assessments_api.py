import pytest
from httpx import AsyncClient


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "body",
    [
        {"title": ""},
        {"title": "Junior developer", "areas": []},
        {"title": "x" * 1000, "minutes": 60},
        {"areas": ["coding"], "minutes": 0},
    ],
)
async def test_invalid_bodies_are_refused(client: AsyncClient, body: dict[str, object]) -> None:
    response = await client.post("/assessments", json=body)

    assert response.status_code == 422


@pytest.mark.asyncio
async def test_a_valid_body_is_kept(client: AsyncClient) -> None:
    body = {"title": "Junior developer", "areas": ["coding", "logic"], "minutes": 60}

    response = await client.post("/assessments", json=body)

    assert response.status_code == 201
