from decimal import Decimal
from unittest.mock import AsyncMock, call

import pytest

from rate_poller import FeedDown, Series, poll

pytestmark = pytest.mark.asyncio

RATE = Decimal("1.0842")


async def test_rates_are_collected() -> None:
    feed = AsyncMock()
    feed.next_rate.return_value = RATE

    series = await poll("EURUSD", 3, feed=feed)

    assert series == Series("EURUSD", (RATE, RATE, RATE), gaps=0, complete=True)
    assert feed.next_rate.await_args_list == [call("EURUSD")] * 3


async def test_no_rounds() -> None:
    feed = AsyncMock()
    feed.next_rate.return_value = RATE

    assert await poll("EURUSD", 0, feed=feed) == Series("EURUSD", (), gaps=0, complete=True)
    feed.next_rate.assert_not_awaited()


async def test_gaps() -> None:
    feed = AsyncMock()
    feed.next_rate.return_value = None

    assert await poll("EURUSD", 2, feed=feed) == Series("EURUSD", (), gaps=2, complete=True)


async def test_a_rate_of_zero() -> None:
    feed = AsyncMock()
    feed.next_rate.return_value = Decimal(0)

    assert (await poll("EURUSD", 1, feed=feed)).rates == (0,)


async def test_the_feed_goes_down() -> None:
    feed = AsyncMock()
    feed.next_rate.side_effect = FeedDown

    assert await poll("EURUSD", 2, feed=feed) == Series("EURUSD", (), gaps=0, complete=False)
    assert feed.next_rate.await_count == 1


@pytest.mark.parametrize("error", [ValueError, ConnectionError])
async def test_another_error(error: type[Exception]) -> None:
    feed = AsyncMock()
    feed.next_rate.side_effect = error("not ours")

    with pytest.raises(error, match="not ours"):
        await poll("EURUSD", 2, feed=feed)

    assert feed.next_rate.await_count == 1
