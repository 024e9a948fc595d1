from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import StaticPool

import recipe_box


@asynccontextmanager
async def empty_recipe_box() -> AsyncIterator[AsyncEngine]:
    async with AsyncExitStack() as stack:
        engine = create_async_engine("sqlite+aiosqlite://", poolclass=StaticPool)
        stack.push_async_callback(engine.dispose)
        async with engine.begin() as connection:
            await connection.run_sync(recipe_box.Base.metadata.create_all)
        yield engine


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest_asyncio.fixture(scope="function", loop_scope="function")
async def engine() -> AsyncIterator[AsyncEngine]:
    async with empty_recipe_box() as engine:
        yield engine
