import pytest
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from skipper_api import create_app


@pytest.mark.asyncio
async def test_the_whole_journey(sessions: async_sessionmaker[AsyncSession]) -> None:
    transport = ASGITransport(app=create_app(sessions))
    async with AsyncClient(
        transport=transport, base_url="http://club", headers={"X-Skipper": "Kim"}
    ) as client:
        created = await client.post("/assessments", json={"title": "Night sailing", "questions": 3})
        path = f"/assessments/{created.json()['id']}"
        for question in (1, 2, 3):
            answered = await client.put(f"{path}/answers/{question}", json={"value": 4})
        submitted = await client.post(f"{path}/submission")
        results = await client.get(f"{path}/results")

    assert created.status_code == 201
    assert answered.status_code == 200
    assert submitted.status_code == 201
    assert results.status_code == 200
