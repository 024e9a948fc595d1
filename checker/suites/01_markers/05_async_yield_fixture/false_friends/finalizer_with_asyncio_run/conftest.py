import asyncio

import pytest
import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader(request: pytest.FixtureRequest) -> FeedReader:
    reader = FeedReader(FEEDS)
    await reader.open()
    request.addfinalizer(lambda: asyncio.run(reader.close()))
    await reader.subscribe("city")
    await reader.subscribe("weather")
    return reader
