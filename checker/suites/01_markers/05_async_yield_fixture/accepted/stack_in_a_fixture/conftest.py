"""Two fixtures: one owns the connection, the other one the subscriptions."""

from contextlib import AsyncExitStack

import pytest_asyncio

import feed_reader
import todays_feeds


@pytest_asyncio.fixture()
async def cleanup():
    async with AsyncExitStack() as stack:
        yield stack


@pytest_asyncio.fixture()
async def connected(cleanup):
    fresh = feed_reader.FeedReader(feeds=todays_feeds.FEEDS)
    cleanup.push_async_callback(fresh.close)
    await fresh.open()
    return fresh


@pytest_asyncio.fixture()
async def reader(connected):
    await connected.subscribe("city")
    await connected.subscribe("weather")
    return connected
