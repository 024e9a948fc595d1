"""The fixture for tests of the feed reader."""

import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader() -> FeedReader:
    """A reader that is open and subscribed to two feeds."""
    reader = FeedReader(FEEDS)
    await reader.open()
    await reader.subscribe("city")
    await reader.subscribe("weather")
    return reader
