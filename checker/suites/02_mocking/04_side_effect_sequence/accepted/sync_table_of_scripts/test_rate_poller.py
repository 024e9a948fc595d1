import asyncio
from decimal import Decimal as D
from unittest.mock import AsyncMock

import pytest

from rate_poller import FeedDown, Series, poll


def run(replies, rounds=None, then=D("7.7777")):
    """Poll once; after the script the feed says `then` for ever."""
    script = iter(replies)

    def reply(pair):
        assert pair == "GBPCHF"
        answer = next(script, then)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    feed = AsyncMock()
    feed.next_rate.side_effect = reply
    series = asyncio.run(poll("GBPCHF", len(replies) if rounds is None else rounds, feed=feed))
    return series, feed.next_rate.await_count


@pytest.mark.parametrize(
    "replies, rates, gaps, complete",
    [
        ([], [], 0, True),
        ([D("1.1234")], [D("1.1234")], 0, True),
        ([D(4), D("1.1111"), D(3), D(4)], [D(4), D("1.1111"), D(3), D(4)], 0, True),
        ([D(1), D(1), D(2), D(2)], [D(1), D(1), D(2), D(2)], 0, True),
        ([None, D(5), None], [D(5)], 2, True),
        ([D(0)], [D(0)], 0, True),
        ([FeedDown(), D(1)], [], 0, False),
        ([D(1), FeedDown()], [D(1)], 0, False),
        ([D(3), D(2), None, FeedDown(), D(1), None], [D(3), D(2)], 1, False),
    ],
)
def test_series(replies, rates, gaps, complete):
    series, asked = run(replies)
    assert series == Series("GBPCHF", tuple(rates), gaps, complete)
    assert asked == len(rates) + gaps + (not complete)


def test_rounds_left_after_the_error_are_not_used():
    series, asked = run([FeedDown()], rounds=10)
    assert series.rates == ()
    assert asked == 1


@pytest.mark.parametrize("error", [ValueError(), ConnectionRefusedError(), ZeroDivisionError()])
def test_error(error):
    for before in [], [D(1)], [None, D(1)]:
        with pytest.raises(type(error)):
            run([*before, error], rounds=6)
