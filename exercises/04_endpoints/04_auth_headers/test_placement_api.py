from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from placement_api import Assessment, create_app
from placement_tokens import issue_token

NOW = 1_900_000_000
KEY = b"a key for tests"


@pytest_asyncio.fixture
async def client(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncClient]:
    transport = ASGITransport(app=create_app(sessions, KEY, lambda: NOW))
    async with AsyncClient(transport=transport, base_url="http://school") as client:
        yield client


@pytest.mark.asyncio
async def test_a_learner_reads_an_assessment(
    client: AsyncClient, sessions: async_sessionmaker[AsyncSession]
) -> None:
    async with sessions.begin() as session:
        session.add(Assessment(id=7, learner="Kim", language="Welsh", level="B1"))
    token = issue_token("Kim", NOW + 3600, KEY)

    response = await client.get("/assessments/7", headers={"Authorization": f"Bearer {token}"})

    assert response.status_code == 200
    assert response.json() == {"id": 7, "language": "Welsh", "level": "B1"}
