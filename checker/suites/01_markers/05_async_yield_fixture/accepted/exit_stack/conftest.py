from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader() -> AsyncIterator[FeedReader]:
    async with AsyncExitStack() as stack:
        reader = FeedReader(FEEDS)
        await reader.open()
        stack.push_async_callback(reader.close)
        for name in ("weather", "city"):
            await reader.subscribe(name)
        yield reader
