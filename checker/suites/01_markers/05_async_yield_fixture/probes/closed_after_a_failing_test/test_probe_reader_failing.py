"""A test fails, or is skipped halfway; its reader is closed when the next one begins."""

import pytest

from feed_reader import FeedReader, open_readers


@pytest.mark.asyncio
async def test_fails(reader: FeedReader) -> None:
    assert reader.is_open
    pytest.fail("this test is meant to fail")


def test_closed_after_the_failure() -> None:
    left = len(open_readers)
    assert left == 0, f"{left} left open"


@pytest.mark.asyncio
async def test_is_skipped(reader: FeedReader) -> None:
    assert reader.is_open
    pytest.skip("this test is meant to be skipped")


def test_closed_after_the_skip() -> None:
    left = len(open_readers)
    assert left == 0, f"{left} left open"
