"""The reader is open and subscribed when the test begins."""

import asyncio

import pytest

from feed_reader import FeedReader, open_readers
from todays_feeds import FEEDS

pytestmark = pytest.mark.asyncio


async def test_is_open_and_subscribed(reader: FeedReader) -> None:
    assert type(reader) is FeedReader
    assert reader.is_open
    assert reader.subscriptions == {"city", "weather"}
    assert open_readers == {reader}


async def test_reads_todays_feeds(reader: FeedReader) -> None:
    async with asyncio.timeout(2):
        entries = await reader.read(5)
    expected = [headline for feed in ("city", "weather") for headline in FEEDS[feed]]
    assert sorted(entry.headline for entry in entries) == sorted(expected)
