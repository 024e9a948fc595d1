from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio

from tiny_box import Box


@asynccontextmanager
async def opened(box: Box) -> AsyncIterator[Box]:
    await box.open()
    try:
        yield box
    finally:
        await box.close()


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Box]:
    async with opened(Box()) as made:
        yield made
