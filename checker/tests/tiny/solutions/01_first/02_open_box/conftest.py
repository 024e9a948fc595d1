from collections.abc import AsyncIterator

import pytest_asyncio

from tiny_box import Box


@pytest_asyncio.fixture
async def box() -> AsyncIterator[Box]:
    made = Box()
    await made.open()
    yield made
    await made.close()
