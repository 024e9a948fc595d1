"""A sliding-window rate limiter: at most `limit` requests of a user in any `window_s` seconds."""

import asyncio
from collections.abc import Callable

Clock = Callable[[], int]
"""Tells the time in whole milliseconds, from a starting point of its own."""


class RequestLog:
    """When granted requests were made, in milliseconds, by key.

    In production this is a cache that all servers share. Here it lives in memory, and a question to
    it costs one turn of the event loop.
    """

    def __init__(self) -> None:
        self._times: dict[str, list[int]] = {}

    async def read(self, key: str) -> list[int]:
        """The times under `key`, oldest first."""
        await asyncio.sleep(0)
        return list(self._times.get(key, []))

    async def write(self, key: str, times: list[int]) -> None:
        """Keep `times` under `key`, in place of what was there."""
        await asyncio.sleep(0)
        self._times[key] = times


class RateLimiter:
    """Grants or refuses requests. `clock` tells milliseconds; `window_s` is in seconds."""

    def __init__(self, *, limit: int, window_s: int, clock: Clock) -> None:
        self._limit = limit
        self._window_ms = window_s * 1000
        self._clock = clock
        self._log = RequestLog()
        self._turn = asyncio.Lock()

    async def allow(self, user: str) -> bool:
        """Tell whether `user` may make a request now. A granted one is counted."""
        key = f"requests:{user}"
        async with self._turn:
            now_ms = self._clock()
            times = await self._log.read(key)
            recent = [at for at in times if now_ms - at < self._window_ms]
            if len(recent) >= self._limit:
                return False
            await self._log.write(key, [*recent, now_ms])
            return True
