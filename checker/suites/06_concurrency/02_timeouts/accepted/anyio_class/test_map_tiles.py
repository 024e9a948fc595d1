import asyncio
from collections import deque
from collections.abc import Callable

import pytest

import map_tiles


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Line:
    def __init__(self, world: "World", play: Callable[[], bytes] | None) -> None:
        self.world, self.play, self.state = world, play, "free"

    async def fetch(self, tile: str) -> bytes:
        assert self.state == "taken"
        self.state = "busy"
        self.world.tiles.append(tile)
        try:
            if self.play is None:
                await self.world.nothing.wait()
                return b""
            await asyncio.sleep(0)
            return self.play()
        finally:
            self.state = "idle"


class World:
    """Pool and clock."""

    def __init__(self, *plays: Callable[[], bytes] | None) -> None:
        self.lines = deque(Line(self, play) for play in plays)
        self.all = list(self.lines)
        self.time = 0.0
        self.tiles: list[str] = []
        self.nothing = asyncio.Event()
        self.acquired = 0
        self.out: set[Line] = set()
        self.problems: list[str] = []

    async def acquire(self) -> Line:
        self.acquired += 1
        if self.out:
            self.problems.append("another one is still out")
        if not self.lines:
            await self.nothing.wait()
        line = self.lines.popleft()
        line.state = "taken"
        self.out.add(line)
        return line

    def release(self, connection: Line) -> None:
        if connection not in self.out or connection.state != "idle":
            self.problems.append("released too early, twice, or not mine")
        self.out.discard(connection)

    def fail(self, error: Exception, seconds: float = 0) -> Callable[[], bytes]:
        def play() -> bytes:
            self.time += seconds
            raise error

        return play

    def client(self, timeout_s: float = 5.0) -> map_tiles.MapClient:
        return map_tiles.MapClient(self, timeout_s, lambda: self.time)

    def check(self, attempts: int) -> None:
        assert self.problems == []
        assert self.out == set()
        assert self.acquired == attempts
        assert self.tiles == ["t/1"] * attempts


@pytest.mark.anyio
class TestTiles:
    async def expect_timeout(self, client: map_tiles.MapClient) -> None:
        async with asyncio.timeout(1) as bound:
            try:
                await client.tile("t/1")
            except TimeoutError:
                assert not bound.expired()
            else:
                pytest.fail("no TimeoutError")

    async def test_results(self) -> None:
        world = World(lambda: b"ok")
        client = world.client()
        world.time = 99.0
        assert await client.tile("t/1") == b"ok"
        world.check(1)

    async def test_third_time_lucky(self) -> None:
        world = World()
        fail = world.fail(map_tiles.ProviderError())
        world = World(fail, fail, lambda: b"ok")
        assert await world.client().tile("t/1") == b"ok"
        world.check(3)

    async def test_three_failures(self) -> None:
        first, second, third = (map_tiles.ProviderError() for _ in range(3))
        world = World(*map(World().fail, (first, second, third)), lambda: b"too late")
        with pytest.raises(map_tiles.ProviderError) as info:
            await world.client().tile("t/1")
        assert info.value is third
        world.check(3)

    async def test_strange_error(self) -> None:
        world = World()
        world = World(world.fail(KeyError("x")), lambda: b"ok")
        with pytest.raises(KeyError):
            await world.client().tile("t/1")
        world.check(1)

    async def test_hang(self) -> None:
        world = World(None, lambda: b"ok")
        await self.expect_timeout(world.client(0.02))
        world.check(1)

    async def test_no_connection(self) -> None:
        world = World()
        await self.expect_timeout(world.client(0.02))
        assert (world.acquired, world.problems) == (1, [])

    async def test_rest_of_the_time(self) -> None:
        clock = World()
        spent = [clock.fail(map_tiles.ProviderError(), seconds) for seconds in (2.5, 2.49)]
        world = World(*spent, None)
        client = map_tiles.MapClient(world, 5.0, lambda: clock.time)
        await self.expect_timeout(client)
        world.check(3)

    @pytest.mark.parametrize("seconds", [5.0, 7.0])
    async def test_nothing_left(self, seconds: float) -> None:
        clock = World()
        world = World(clock.fail(map_tiles.ProviderError(), seconds), lambda: b"ok")
        client = map_tiles.MapClient(world, 5.0, lambda: clock.time)
        await self.expect_timeout(client)
        world.check(1)
        assert await client.tile("t/1") == b"ok"
