"""What the festival's requests answer, and that each of them commits."""

from collections.abc import AsyncIterator
from unittest.mock import AsyncMock

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from festival_api import app, get_session
from festival_dao import Film, Rating

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def session(sessions: async_sessionmaker[AsyncSession]) -> AsyncIterator[AsyncSession]:
    async with sessions() as session:
        session.add_all([Film(code="dune"), Rating(film="dune", visitor="kim", stars=3)])
        await session.commit()
        session.commit = AsyncMock(wraps=session.commit)  # type: ignore[method-assign]
        yield session


@pytest_asyncio.fixture
async def client(
    session: AsyncSession, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[AsyncClient]:
    monkeypatch.setitem(app.dependency_overrides, get_session, lambda: session)
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://festival") as client:
        yield client


@pytest.mark.parametrize("visitor", ["kim", "sasha"])
async def test_a_rating_is_committed(client: AsyncClient, session: AsyncSession, visitor: str) -> None:
    await client.put(f"/films/dune/ratings/{visitor}", json={"stars": 4})

    session.commit.assert_awaited_once()


async def test_a_removal_is_committed(client: AsyncClient, session: AsyncSession) -> None:
    await client.delete("/films/dune/ratings/kim")

    session.commit.assert_awaited_once()


async def test_ballots_are_committed(client: AsyncClient, session: AsyncSession) -> None:
    await client.post("/films/dune/ballots", json=[{"visitor": "ada", "stars": 5}])

    session.commit.assert_awaited_once()


async def test_a_refusal_is_not_committed(client: AsyncClient, session: AsyncSession) -> None:
    response = await client.put("/films/dune/ratings/kim", json={"stars": 6})

    assert response.status_code == 422
    session.commit.assert_not_awaited()
