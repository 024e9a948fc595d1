"""Tiles of a map, from a provider that sometimes fails and sometimes never answers."""

import asyncio
from collections.abc import Callable
from typing import Any


class ProviderError(Exception):
    """The provider has answered that it cannot answer."""


class MapClient:
    """Each attempt that fails asks for the rest of the time."""

    def __init__(self, pool: Any, timeout_s: float, clock: Callable[[], float]) -> None:
        self._pool, self._timeout_s, self._clock = pool, timeout_s, clock

    async def tile(self, name: str) -> bytes:
        return await self._within(name, self._clock() + self._timeout_s, attempts=3)

    async def _within(self, name: str, until: float, attempts: int) -> bytes:
        now = self._clock()
        if now >= until:
            raise TimeoutError(f"{name} took too long")
        try:
            return await asyncio.wait_for(self._fetch(name), until - now)
        except ProviderError:
            if attempts == 1:
                raise
        return await self._within(name, until, attempts - 1)

    async def _fetch(self, name: str) -> bytes:
        connection = await self._pool.acquire()
        try:
            image: bytes = await connection.fetch(name)
        except BaseException:
            self._pool.release(connection)
            raise
        self._pool.release(connection)
        return image
