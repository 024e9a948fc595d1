"""One file is made; each test gets a copy, so that nothing has to be undone."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from question_bank import create_database


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("pristine") / "bank.db"
    create_database(file)
    return file


@pytest_asyncio.fixture
async def session(pristine: Path, tmp_path: Path) -> AsyncIterator[AsyncSession]:
    mine = shutil.copyfile(pristine, tmp_path / "mine.db")
    async with AsyncExitStack() as stack:
        engine = create_async_engine(f"sqlite+aiosqlite:///{mine}")
        stack.push_async_callback(engine.dispose)
        yield await stack.enter_async_context(AsyncSession(engine, expire_on_commit=False))
