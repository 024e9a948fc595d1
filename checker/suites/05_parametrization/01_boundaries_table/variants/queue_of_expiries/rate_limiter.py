"""A sliding-window rate limiter: at most `limit` requests of a user in any `window_s` seconds."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable

Clock = Callable[[], int]
"""Tells the time in whole milliseconds, from a starting point of its own."""


class RateLimiter:
    """Grants or refuses requests. `clock` tells milliseconds; `window_s` is in seconds."""

    def __init__(self, *, limit: int, window_s: int, clock: Clock) -> None:
        self.limit = limit
        self.window_s = window_s
        self.clock = clock
        self._expiries: defaultdict[str, deque[int]] = defaultdict(deque)

    async def allow(self, user: str) -> bool:
        """Tell whether `user` may make a request now. A granted one is counted."""
        await asyncio.sleep(0)
        now_ms = self.clock()
        expiries = self._expiries[user]
        while expiries and expiries[0] <= now_ms:
            expiries.popleft()
        if len(expiries) == self.limit:
            return False
        expiries.append(now_ms + self.window_s * 1000)
        return True
