"""Collect the exchange rates of a currency pair over a number of rounds."""

from contextlib import suppress
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


async def poll(pair: str, rounds: int, *, feed: RateFeed) -> Series:
    """Ask `feed` for `rounds` rounds of `pair`, and keep what there is when it goes down."""
    replies: list[Decimal | None] = []
    with suppress(FeedDown):
        while len(replies) < rounds:
            replies.append(await feed.next_rate(pair))
    rates = tuple(reply for reply in replies if reply is not None)
    return Series(pair, rates, gaps=len(replies) - len(rates), complete=len(replies) == rounds)
