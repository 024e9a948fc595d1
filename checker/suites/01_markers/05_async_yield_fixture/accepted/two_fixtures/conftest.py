from collections.abc import AsyncIterator

import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def opened() -> AsyncIterator[FeedReader]:
    it = FeedReader(FEEDS)
    await it.open()
    yield it
    await it.close()


@pytest_asyncio.fixture
async def reader(opened: FeedReader) -> FeedReader:
    await opened.subscribe("city")
    await opened.subscribe("weather")
    return opened
