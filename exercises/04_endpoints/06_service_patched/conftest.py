"""The greenhouse's app, on an empty database in memory."""

from collections.abc import AsyncIterator

import pytest_asyncio
from httpx import ASGITransport, AsyncClient
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine

from greenhouse_router import create_app
from greenhouse_service import Base


@pytest_asyncio.fixture
async def client() -> AsyncIterator[AsyncClient]:
    """A client of the app, whose database has all tables and no rows."""
    engine = create_async_engine("sqlite+aiosqlite:///:memory:")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    app = create_app(async_sessionmaker(engine))
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://garden") as client:
        yield client
    await engine.dispose()
