from collections.abc import AsyncIterator

import pytest_asyncio

from feed_reader import FeedReader, UnknownFeed
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader() -> AsyncIterator[FeedReader]:
    reader = FeedReader(FEEDS)
    await reader.open()
    try:
        await reader.subscribe("city")
        await reader.subscribe("weather")
    except UnknownFeed:
        await reader.close()
        raise
    yield reader
    await reader.close()
