"""A sliding-window rate limiter: at most `limit` requests of a user in any `window_s` seconds."""

import asyncio
import math
from collections.abc import Callable

Clock = Callable[[], int]
"""Tells the time in whole milliseconds, from a starting point of its own."""


class RateLimiter:
    """Grants or refuses requests. `clock` tells milliseconds; `window_s` is in seconds."""

    def __init__(self, *, limit: int, window_s: int, clock: Clock) -> None:
        self._limit = limit
        self._window_ms = 1000 * window_s
        self._clock = clock
        self._free_from: dict[str, list[float]] = {}

    async def allow(self, user: str) -> bool:
        """Tell whether `user` may make a request now. A granted one is counted."""
        slots = self._free_from.setdefault(user, [-math.inf] * self._limit)
        await asyncio.sleep(0)
        now_ms = self._clock()
        for number, free_from in enumerate(slots):
            if now_ms >= free_from:
                slots[number] = now_ms + self._window_ms
                return True
        return False
