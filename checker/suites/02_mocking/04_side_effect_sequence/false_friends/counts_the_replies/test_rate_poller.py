from decimal import Decimal
from unittest.mock import AsyncMock

import pytest

from rate_poller import FeedDown, poll

HIGH, LOW = Decimal("1.1207"), Decimal("1.0513")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("replies", "rates", "gaps", "asked"),
    [
        ([], 0, 0, 0),
        ([HIGH, LOW, LOW, HIGH], 4, 0, 4),
        ([HIGH, None, Decimal(0), None], 2, 2, 4),
        ([HIGH, None, FeedDown, LOW], 1, 1, 3),
        ([FeedDown, LOW], 0, 0, 1),
    ],
)
async def test_poll(replies: list[object], rates: int, gaps: int, asked: int) -> None:
    feed = AsyncMock()
    feed.next_rate.side_effect = replies

    series = await poll("EURUSD", len(replies), feed=feed)

    assert len(series.rates) == rates
    assert series.gaps == gaps
    assert series.complete is (asked == len(replies))
    assert feed.next_rate.await_count == asked


@pytest.mark.asyncio
@pytest.mark.parametrize("error", [ValueError("not a number"), ConnectionResetError("closed")])
@pytest.mark.parametrize("before", [0, 1])
async def test_another_error(error: Exception, before: int) -> None:
    feed = AsyncMock()
    feed.next_rate.side_effect = [LOW] * before + [error, HIGH]

    with pytest.raises(type(error)):
        await poll("EURUSD", 3, feed=feed)

    assert feed.next_rate.await_count == before + 1
