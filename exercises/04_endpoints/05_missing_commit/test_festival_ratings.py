from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from festival_api import app, get_session
from festival_dao import Film, Rating


@pytest_asyncio.fixture
async def session(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        yield session


@pytest_asyncio.fixture
async def client(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncClient]:
    monkeypatch.setitem(app.dependency_overrides, get_session, lambda: session)
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://festival") as client:
        yield client


@pytest.mark.asyncio
async def test_a_film_is_rated(client: AsyncClient, session: AsyncSession) -> None:
    session.add(Film(code="dune"))
    await session.commit()

    response = await client.put("/films/dune/ratings/kim", json={"stars": 4})

    assert response.status_code == 201
    rating = await session.get(Rating, ("dune", "kim"))
    assert rating is not None
    assert rating.stars == 4
