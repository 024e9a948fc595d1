from collections.abc import AsyncIterator

import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader() -> AsyncIterator[FeedReader]:
    reader = FeedReader(FEEDS)
    await reader.open()
    await reader.subscribe("city")
    try:
        await reader.subscribe("weather")
        yield reader
    finally:
        await reader.close()
