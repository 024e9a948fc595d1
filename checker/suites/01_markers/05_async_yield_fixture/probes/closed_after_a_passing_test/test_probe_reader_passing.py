"""A test passes; its reader is closed when the next one begins."""

import pytest

from feed_reader import FeedReader, open_readers

seen: list[FeedReader] = []


@pytest.mark.asyncio
async def test_passes(reader: FeedReader) -> None:
    seen.append(reader)


def test_closed_by_now() -> None:
    assert (seen[0].is_open, len(open_readers)) == (False, 0)


@pytest.mark.asyncio
async def test_closes_its_reader_itself(reader: FeedReader) -> None:
    await reader.close()


@pytest.mark.asyncio
async def test_the_only_open_reader_is_this_one(reader: FeedReader) -> None:
    assert open_readers == {reader}
