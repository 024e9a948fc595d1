"""Tiles of a map, from a provider that sometimes fails and sometimes never answers."""

import asyncio
from collections.abc import Callable
from typing import Protocol

ATTEMPTS = 3


class ProviderError(Exception):
    """The provider has answered that it cannot answer."""


class Connection(Protocol):
    """One line to the provider."""

    async def fetch(self, tile: str) -> bytes:
        """The image of a tile. Raises ProviderError."""


class Pool(Protocol):
    """A few connections for everybody."""

    async def acquire(self) -> Connection:
        """Wait for a connection that is free."""

    def release(self, connection: Connection) -> None:
        """Give it back."""


class MapClient:
    """Fetches tiles, within a time that counts for everything that is tried."""

    def __init__(self, pool: Pool, timeout_s: float, clock: Callable[[], float]) -> None:
        self._pool = pool
        self._timeout_s = timeout_s
        self._clock = clock

    async def tile(self, name: str) -> bytes:
        """The image. Raises TimeoutError, or the ProviderError of the last attempt."""
        deadline = self._clock() + self._timeout_s
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._attempt(name, deadline)
            except ProviderError:
                pass
        return await self._attempt(name, deadline)

    async def _attempt(self, name: str, deadline: float) -> bytes:
        left_s = deadline - self._clock()
        if left_s <= 0:
            raise TimeoutError
        async with asyncio.timeout(left_s):
            connection = await self._pool.acquire()
            try:
                return await connection.fetch(name)
            finally:
                self._pool.release(connection)
