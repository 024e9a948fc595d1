from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest.fixture(scope="session")
def the_reader() -> FeedReader:
    return FeedReader(FEEDS)


@pytest_asyncio.fixture
async def reader(the_reader: FeedReader) -> AsyncIterator[FeedReader]:
    await the_reader.open()
    try:
        await the_reader.subscribe("city")
        await the_reader.subscribe("weather")
        yield the_reader
    finally:
        await the_reader.close()
