"""The fixture for tests of the feed reader."""

from collections.abc import AsyncIterator

import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader() -> AsyncIterator[FeedReader]:
    """A reader that is open and subscribed to two feeds, and closed after the test."""
    reader = FeedReader(FEEDS)
    await reader.open()
    try:
        await reader.subscribe("city")
        await reader.subscribe("weather")
        yield reader
    finally:
        await reader.close()
