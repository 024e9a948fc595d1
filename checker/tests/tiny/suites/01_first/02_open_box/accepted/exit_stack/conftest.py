from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio

from tiny_box import Box


@pytest_asyncio.fixture(name="box")
async def open_box() -> AsyncIterator[Box]:
    async with AsyncExitStack() as stack:
        box = Box()
        await box.open()
        stack.push_async_callback(box.close)
        yield box
