import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from shop_database import create_database


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pristine = tmp_path_factory.mktemp("pristine") / "shop.sqlite"
    create_database(pristine)
    return pristine


@pytest_asyncio.fixture
async def session(pristine: Path, tmp_path: Path) -> AsyncIterator[AsyncSession]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{shutil.copy(pristine, tmp_path)}")
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session
    await engine.dispose()
