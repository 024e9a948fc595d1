"""Collect the exchange rates of a currency pair over a number of rounds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol


class FeedDown(Exception):
    """The exchange closed the connection."""


class RateFeed(Protocol):
    """The exchange's feed: a long-lived connection in production."""

    async def next_rate(self, pair: str) -> Decimal | None:
        """Wait for the end of the round; its rate, or None when nobody traded.

        Raises `FeedDown`.
        """


@dataclass(frozen=True, slots=True)
class Series:
    """What came of a poll."""

    pair: str
    rates: tuple[Decimal, ...]
    gaps: int  # rounds in which nobody traded
    complete: bool  # whether the feed lasted for all rounds


async def _replies(pair: str, rounds: int, feed: RateFeed) -> AsyncIterator[Decimal | None]:
    """Yield one reply a round."""
    while rounds > 0:
        yield await feed.next_rate(pair)
        rounds -= 1


async def poll(pair: str, rounds: int, *, feed: RateFeed) -> Series:
    """Ask `feed` for `rounds` rounds of `pair`, and keep what there is when it goes down."""
    came: list[Decimal] = []
    silent = 0
    try:
        async for reply in _replies(pair, rounds, feed):
            if reply is None:
                silent += 1
                continue
            came.append(reply)
    except FeedDown:
        return Series(pair, tuple(came), silent, False)
    return Series(pair, tuple(came), silent, True)
