from collections.abc import AsyncIterator

import pytest

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest.fixture
async def reader() -> AsyncIterator[FeedReader]:
    reader = FeedReader(FEEDS)
    await reader.open()
    try:
        await reader.subscribe("city")
        await reader.subscribe("weather")
        yield reader
    finally:
        await reader.close()
