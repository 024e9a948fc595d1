import pytest
from httpx import AsyncClient


@pytest.mark.asyncio
@pytest.mark.parametrize("areas", [["coding", "logic"]])
async def test_the_list(client: AsyncClient, areas: list[str]) -> None:
    body = {"title": "Junior", "areas": areas, "minutes": 60}
    await client.post("/assessments", json=body)
    assert (await client.get("/assessments")).json() == [body]
