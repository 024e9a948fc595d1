from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@asynccontextmanager
async def open_reader(*names: str) -> AsyncIterator[FeedReader]:
    reader = FeedReader(FEEDS)
    try:
        await reader.open()
        for name in names:
            await reader.subscribe(name)
        yield reader
    finally:
        await reader.close()


@pytest_asyncio.fixture(scope="function", loop_scope="function")
async def reader() -> AsyncIterator[FeedReader]:
    async with open_reader("city", "weather") as reader:
        yield reader
