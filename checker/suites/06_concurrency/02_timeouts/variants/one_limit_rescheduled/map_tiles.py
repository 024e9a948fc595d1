"""Tiles of a map, from a provider that sometimes fails and sometimes never answers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

ATTEMPTS = 3


class ProviderError(Exception):
    """The provider has answered that it cannot answer."""


class MapClient:
    """One limit for the call, set anew from the clock before each attempt."""

    def __init__(self, pool: Any, timeout_s: float, clock: Callable[[], float]) -> None:
        self._pool = pool
        self._timeout_s = timeout_s
        self._clock = clock

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[Any]:
        connection = await self._pool.acquire()
        try:
            yield connection
        finally:
            self._pool.release(connection)

    async def tile(self, name: str) -> bytes:
        began = self._clock()
        loop = asyncio.get_running_loop()
        failed = 0
        async with asyncio.timeout(None) as limit:
            while True:
                passed = self._clock() - began
                if passed >= self._timeout_s:
                    raise TimeoutError(name)
                limit.reschedule(loop.time() + self._timeout_s - passed)
                try:
                    async with self._connection() as connection:
                        return bytes(await connection.fetch(name))
                except ProviderError:
                    failed += 1
                    if failed == ATTEMPTS:
                        raise
