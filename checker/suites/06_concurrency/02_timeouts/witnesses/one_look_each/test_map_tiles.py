import asyncio
from typing import Any

import pytest

from map_tiles import MapClient, ProviderError

pytestmark = pytest.mark.asyncio


class World:
    def __init__(self, *steps: Any) -> None:
        self.steps = list(steps)
        self.log: list[str] = []
        self.tiles: list[str] = []
        self.now = 0.0
        self.count = 0

    async def acquire(self) -> "Line":
        self.count += 1
        return Line(self, self.count, self.steps.pop(0))

    def release(self, connection: Any) -> None:
        self.log.append(f"release {getattr(connection, 'number', '?')}")

    async def call(self, timeout_s: float = 3.0) -> Any:
        client = MapClient(self, timeout_s, lambda: self.now)
        try:
            async with asyncio.timeout(0.5):
                return await client.tile("1/2")
        except Exception as error:
            return error


class Line:
    def __init__(self, world: World, number: int, step: Any) -> None:
        self.world, self.number, self.step = world, number, step

    async def fetch(self, tile: str) -> bytes:
        self.world.tiles.append(tile)
        self.world.log.append(f"fetch {self.number}")
        if self.step is None:
            await asyncio.Event().wait()
        if isinstance(self.step, float):
            self.world.now += self.step
            raise ProviderError
        if isinstance(self.step, Exception):
            raise self.step
        return b"image"


async def test_tile() -> None:
    world = World(b"")
    await world.call()
    assert world.tiles == ["1/2"]


async def test_image() -> None:
    assert await World(b"").call() == b"image"


async def test_number_released() -> None:
    world = World(b"")
    await world.call()
    assert "release ?" not in world.log


async def test_some_release() -> None:
    world = World(b"")
    await world.call()
    assert "release" in str(world.log)


async def test_one_release() -> None:
    world = World(b"")
    await world.call()
    assert str(world.log).count("release") < 2


async def test_release_is_last() -> None:
    world = World(b"")
    await world.call()
    assert "fetch" not in world.log[-1]


async def test_hang_gives_an_error() -> None:
    assert isinstance(await World(None, None, None, None).call(0.01), Exception)


async def test_hang_gives_no_provider_error() -> None:
    assert not isinstance(await World(None).call(0.01), ProviderError)


async def test_third_hang() -> None:
    assert isinstance(await World(0.0, 0.0, None).call(0.01), Exception)


async def test_hang_once() -> None:
    world = World(None, None, None)
    await world.call(0.01)
    assert world.count == 1


async def test_hang_released() -> None:
    world = World(None)
    await world.call(0.01)
    assert "release" in str(world.log)


async def test_hang_released_once() -> None:
    world = World(None)
    await world.call(0.01)
    assert str(world.log).count("release") < 2


async def test_failure_released() -> None:
    world = World(0.0, 0.0, 0.0, 0.0)
    await world.call()
    assert "release 1" in world.log


async def test_failure_released_at_once() -> None:
    world = World(0.0, b"")
    await world.call()
    assert world.log[:2] == ["fetch 1", "release 1"]


async def test_strange_released() -> None:
    world = World(ValueError())
    await world.call()
    assert "release" in str(world.log)


async def test_strange() -> None:
    assert isinstance(await World(ValueError(), b"").call(), ValueError)


async def test_strange_once() -> None:
    world = World(ValueError(), b"")
    await world.call()
    assert world.count == 1


async def test_late_is_an_error() -> None:
    assert isinstance(await World(3.0, b"").call(), Exception)


async def test_later_is_an_error() -> None:
    assert isinstance(await World(4.0, b"").call(), Exception)


async def test_late_is_no_provider_error() -> None:
    assert not isinstance(await World(4.0, b"").call(), ProviderError)


async def test_third_is_late() -> None:
    assert isinstance(await World(1.0, 4.0, b"").call(), TimeoutError)


async def test_three_attempts() -> None:
    world = World(0.0, 0.0, 0.0, 0.0)
    await world.call()
    assert world.count == 3


async def test_three_failures() -> None:
    assert isinstance(await World(0.0, 0.0, 0.0, 0.0).call(), ProviderError)


async def test_old_client() -> None:
    world = World(b"")
    client = MapClient(world, 3.0, lambda: world.now)
    world.now = 9.0
    assert await client.tile("1/2")


async def test_client_gets_old() -> None:
    world = World(b"", b"")
    client = MapClient(world, 3.0, lambda: world.now)
    await client.tile("1/2")
    world.now = 9.0
    assert await client.tile("1/2")
