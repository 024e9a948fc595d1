import pytest_asyncio

from feed_reader import FeedReader
from todays_feeds import FEEDS


@pytest_asyncio.fixture
async def reader() -> FeedReader:
    reader = FeedReader(FEEDS)
    await reader.open()
    try:
        for name in ("city", "weather"):
            await reader.subscribe(name)
    except BaseException:
        await reader.close()
        raise
    return reader
