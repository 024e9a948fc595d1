import asyncio

import pytest

from map_tiles import MapClient


class Provider:
    """A pool with one connection, which is the provider itself."""

    def __init__(self, answers: bool = True) -> None:
        self.answers = answers

    async def acquire(self) -> "Provider":
        return self

    def release(self, connection: "Provider") -> None:
        pass

    async def fetch(self, tile: str) -> bytes:
        if not self.answers:
            await asyncio.Event().wait()  # never set
        return b"image of " + tile.encode()


@pytest.mark.asyncio
async def test_a_tile() -> None:
    client = MapClient(Provider(), timeout_s=3.0, clock=lambda: 0.0)

    assert await client.tile("8/12/5") == b"image of 8/12/5"


@pytest.mark.asyncio
async def test_a_provider_that_hangs_is_given_up() -> None:
    client = MapClient(Provider(answers=False), timeout_s=3.0, clock=lambda: 0.0)

    with pytest.raises(TimeoutError):
        await asyncio.wait_for(client.tile("8/12/5"), 0.01)  # three seconds are too long for a test
