from collections import deque
from decimal import Decimal

import pytest

from rate_poller import FeedDown, Series, poll


class ScriptedFeed:
    """Says what it is told, one thing a round."""

    def __init__(self, *replies: Decimal | None | Exception) -> None:
        self.replies = deque(replies)
        self.asked: list[str] = []

    async def next_rate(self, pair: str) -> Decimal | None:
        self.asked.append(pair)
        assert self.replies, "asked too often"
        reply = self.replies.popleft()
        if isinstance(reply, Exception):
            raise reply
        return reply


def rates(*texts: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, texts))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestPoll:
    async def test_keeps_rates(self) -> None:
        came = rates("151.337", "149.902", "149.902", "150.004", "151.337")
        feed = ScriptedFeed(*came)
        assert await poll("USDJPY", 5, feed=feed) == Series("USDJPY", came, 0, True)
        assert feed.asked == ["USDJPY"] * 5

    async def test_stops_in_time(self) -> None:
        feed = ScriptedFeed(*rates("3.1415", "2.7182", "1.4142"))
        series = await poll("USDJPY", 2, feed=feed)
        assert series.rates == rates("3.1415", "2.7182")
        assert len(feed.replies) == 1

    async def test_zero_rounds(self) -> None:
        feed = ScriptedFeed()
        assert await poll("USDJPY", 0, feed=feed) == Series("USDJPY", (), 0, True)
        assert feed.asked == []

    async def test_gaps(self) -> None:
        feed = ScriptedFeed(None, Decimal("0.0"), None, None, Decimal("2.5"))
        series = await poll("USDJPY", 5, feed=feed)
        assert (series.rates, series.gaps, series.complete) == (rates("0.0", "2.5"), 3, True)

    @pytest.mark.parametrize("before", range(4))
    async def test_down(self, before: int) -> None:
        replies = [Decimal("1.25"), None, Decimal("1.125")][:before]
        feed = ScriptedFeed(*replies, FeedDown(), Decimal(9))
        series = await poll("USDJPY", 4, feed=feed)
        assert series.rates == tuple(r for r in replies if r is not None)
        assert series.gaps == replies.count(None)
        assert series.complete is False
        assert len(feed.asked) == before + 1

    @pytest.mark.parametrize("error", [ValueError("rate"), BrokenPipeError()])
    @pytest.mark.parametrize("before", [[], [Decimal(1)], [None]])
    async def test_bug_in_the_feed(self, before: list[Decimal | None], error: Exception) -> None:
        feed = ScriptedFeed(*before, error, Decimal(2))
        with pytest.raises(type(error)):
            await poll("USDJPY", 3, feed=feed)
        assert feed.replies == deque([Decimal(2)])
