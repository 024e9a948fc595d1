from decimal import Decimal
from unittest.mock import AsyncMock

import pytest

from rate_poller import FeedDown, Series, poll

pytestmark = pytest.mark.asyncio

ONE, TWO = Decimal("1.0513"), Decimal("1.1207")


async def polled(*replies: object) -> Series:
    feed = AsyncMock()
    feed.next_rate.side_effect = replies
    return await poll("EURUSD", len(replies), feed=feed)


async def test_no_rounds_is_complete() -> None:
    assert (await poll("EURUSD", 0, feed=AsyncMock())).complete


async def test_replies_differ() -> None:
    assert set((await polled(ONE, TWO)).rates) == {ONE, TWO}


async def test_no_gap_among_the_rates() -> None:
    assert None not in (await polled(None, ONE)).rates


async def test_something_after_a_gap() -> None:
    assert (await polled(None, ONE)).rates


async def test_a_gap_is_complete() -> None:
    assert (await polled(None, ONE)).complete


async def test_something_before_the_error() -> None:
    assert (await polled(ONE, TWO, FeedDown)).rates
