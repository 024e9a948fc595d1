"""What the feed reader does. These tests are given; they use the `reader` of conftest.py."""

import asyncio

import pytest

from feed_reader import Entry, FeedReader, NotOpen, UnknownFeed, open_readers
from todays_feeds import FEEDS


@pytest.mark.asyncio
async def test_reads_both_feeds_each_in_its_order(reader: FeedReader) -> None:
    async with asyncio.timeout(2):
        entries = await reader.read(5)

    for feed in ("city", "weather"):
        headlines = [entry.headline for entry in entries if entry.feed == feed]
        assert headlines == FEEDS[feed]


@pytest.mark.asyncio
async def test_a_further_feed_can_be_added(reader: FeedReader) -> None:
    async with asyncio.timeout(2):
        await reader.read(5)
        await reader.subscribe("sports")
        assert await reader.read(1) == [Entry("sports", "Home team draws")]

    assert reader.subscriptions == {"city", "weather", "sports"}


@pytest.mark.asyncio
async def test_an_unknown_feed_is_refused(reader: FeedReader) -> None:
    with pytest.raises(UnknownFeed, match="gossip"):
        await reader.subscribe("gossip")

    assert reader.subscriptions == {"city", "weather"}


@pytest.mark.asyncio
async def test_a_closed_reader_reads_no_more(reader: FeedReader) -> None:
    assert reader in open_readers

    await reader.close()

    assert reader not in open_readers
    assert (reader.is_open, reader.subscriptions) == (False, set())
    with pytest.raises(NotOpen, match="^open this reader on the event loop that uses it$"):
        await reader.read(1)


@pytest.mark.asyncio
async def test_a_reader_that_was_never_opened_is_of_no_use() -> None:
    stranger = FeedReader(FEEDS)

    assert not stranger.is_open
    with pytest.raises(NotOpen):
        await stranger.subscribe("city")
