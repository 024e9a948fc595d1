import pytest_asyncio

import feed_reader
import todays_feeds


@pytest_asyncio.fixture(name="reader")
async def _reader():
    made = feed_reader.FeedReader(todays_feeds.FEEDS)
    await made.open()
    try:
        await made.subscribe("city")
        await made.subscribe("weather")
    except BaseException:
        await made.close()
        raise
    yield made
    if made.is_open:
        await made.close()
