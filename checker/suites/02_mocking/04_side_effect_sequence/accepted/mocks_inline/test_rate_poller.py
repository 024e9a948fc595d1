from collections.abc import Iterator
from decimal import Decimal
from unittest.mock import AsyncMock, Mock

import pytest

from rate_poller import FeedDown, poll

A, B, C = Decimal("0.8531"), Decimal("0.8499"), Decimal("0.8614")


def feed_that_says(*replies: object) -> Mock:
    return Mock(next_rate=AsyncMock(side_effect=replies))


@pytest.mark.asyncio
async def test_order_and_repetition() -> None:
    feed = feed_that_says(A, C, C, B, A, B)

    series = await poll("EURGBP", 6, feed=feed)

    assert list(series.rates) == [A, C, C, B, A, B]
    assert series.pair == "EURGBP"
    assert series.gaps == 0
    assert series.complete
    for question in feed.next_rate.await_args_list:
        assert question.args == ("EURGBP",)


@pytest.mark.asyncio
async def test_number_of_questions() -> None:
    def endless() -> Iterator[Decimal]:
        while True:
            yield A

    feed = Mock(next_rate=AsyncMock(side_effect=endless()))
    await poll("EURGBP", 3, feed=feed)
    assert feed.next_rate.await_count == 3


@pytest.mark.asyncio
async def test_zero_rounds() -> None:
    feed = feed_that_says(A)
    series = await poll("EURGBP", 0, feed=feed)
    assert series.rates == ()
    assert series.complete
    feed.next_rate.assert_not_awaited()


@pytest.mark.asyncio
async def test_nobody_traded() -> None:
    feed = feed_that_says(None, A, None, Decimal("0"), B)
    series = await poll("EURGBP", 5, feed=feed)
    assert series.rates == (A, Decimal("0"), B)
    assert series.gaps == 2
    assert series.complete


@pytest.mark.asyncio
async def test_down_in_the_middle() -> None:
    feed = feed_that_says(A, None, B, FeedDown, C, C)
    series = await poll("EURGBP", 6, feed=feed)
    assert series.rates == (A, B)
    assert series.gaps == 1
    assert not series.complete
    assert feed.next_rate.await_count == 4


@pytest.mark.asyncio
async def test_down_at_once() -> None:
    series = await poll("EURGBP", 3, feed=feed_that_says(FeedDown))
    assert (series.rates, series.gaps, series.complete) == ((), 0, False)


@pytest.mark.asyncio
async def test_down_in_the_last_round() -> None:
    series = await poll("EURGBP", 2, feed=feed_that_says(C, FeedDown))
    assert (series.rates, series.complete) == ((C,), False)


@pytest.mark.asyncio
async def test_feed_is_broken() -> None:
    feed = feed_that_says(C, ValueError("not a rate"), A)
    with pytest.raises(ValueError, match="not a rate"):
        await poll("EURGBP", 3, feed=feed)
    assert feed.next_rate.await_count == 2


@pytest.mark.asyncio
async def test_feed_is_broken_from_the_start() -> None:
    feed = feed_that_says(ConnectionError("refused"), A, B)
    with pytest.raises(ConnectionError, match="refused"):
        await poll("EURGBP", 3, feed=feed)
    assert feed.next_rate.await_count == 1
