"""Collect the exchange rates of a currency pair over a number of rounds."""

from dataclasses import dataclass, replace
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


async def _further(series: Series, rounds: int, feed: RateFeed) -> Series:
    """The series after up to `rounds` more rounds."""
    if rounds == 0:
        return replace(series, complete=True)
    try:
        reply = await feed.next_rate(series.pair)
    except FeedDown:
        return series
    match reply:
        case None:
            series = replace(series, gaps=series.gaps + 1)
        case rate:
            series = replace(series, rates=(*series.rates, rate))
    return await _further(series, rounds - 1, feed)


async def poll(pair: str, rounds: int, *, feed: RateFeed) -> Series:
    """Ask `feed` for `rounds` rounds of `pair`, and keep what there is when it goes down."""
    return await _further(Series(pair, (), 0, complete=False), rounds, feed)
