"""What a poll makes of a feed's replies, each test with a script of its own."""

from decimal import Decimal
from unittest.mock import AsyncMock, call, create_autospec

import pytest

from rate_poller import FeedDown, RateFeed, Series, poll

pytestmark = pytest.mark.asyncio

HIGH, LOW, MIDDLE = Decimal("1.1207"), Decimal("1.0513"), Decimal("1.0842")
PAIR = "EURUSD"


@pytest.fixture
def feed() -> AsyncMock:
    """A feed without a script; each test sets the `side_effect` of its only method."""
    return create_autospec(RateFeed, instance=True)


async def test_every_rate_is_kept_in_the_order_of_arrival(feed: AsyncMock) -> None:
    feed.next_rate.side_effect = [HIGH, LOW, LOW, HIGH, MIDDLE]

    series = await poll(PAIR, 5, feed=feed)

    assert series == Series(PAIR, (HIGH, LOW, LOW, HIGH, MIDDLE), gaps=0, complete=True)
    assert feed.next_rate.await_args_list == [call(PAIR)] * 5


async def test_the_feed_is_asked_no_more_than_told(feed: AsyncMock) -> None:
    feed.next_rate.return_value = LOW

    await poll(PAIR, 2, feed=feed)

    assert feed.next_rate.await_count == 2


async def test_no_rounds_no_question(feed: AsyncMock) -> None:
    series = await poll(PAIR, 0, feed=feed)

    assert series == Series(PAIR, (), gaps=0, complete=True)
    feed.next_rate.assert_not_called()


async def test_a_gap_uses_up_a_round_and_a_rate_of_zero_is_no_gap(feed: AsyncMock) -> None:
    feed.next_rate.side_effect = [HIGH, None, Decimal(0), None, LOW]

    series = await poll(PAIR, 5, feed=feed)

    assert series == Series(PAIR, (HIGH, Decimal(0), LOW), gaps=2, complete=True)


@pytest.mark.parametrize(
    "rates", [pytest.param((), id="first-round"), pytest.param((LOW, HIGH), id="last-round")]
)
async def test_the_feed_may_go_down_in_any_round(
    feed: AsyncMock, rates: tuple[Decimal, ...]
) -> None:
    feed.next_rate.side_effect = [*rates, FeedDown("closed")]

    series = await poll(PAIR, len(rates) + 1, feed=feed)

    assert series == Series(PAIR, rates, gaps=0, complete=False)


@pytest.mark.parametrize("kind", [ValueError, ConnectionError])
@pytest.mark.parametrize(
    "before", [pytest.param((), id="first-round"), pytest.param((LOW, None), id="later-round")]
)
async def test_another_error_reaches_the_caller(
    feed: AsyncMock, before: tuple[Decimal | None, ...], kind: type[Exception]
) -> None:
    error = kind("not ours")
    feed.next_rate.side_effect = [*before, error, MIDDLE]

    with pytest.raises(kind) as caught:
        await poll(PAIR, 4, feed=feed)

    assert caught.value is error
    assert feed.next_rate.await_count == len(before) + 1
