import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from map_tiles import MapClient, ProviderError

pytestmark = pytest.mark.asyncio

BOUND_S = 1.0
TILE = "8/12/5"

Answer = Callable[[], Awaitable[bytes]]


class Clock:
    """Stands still until somebody moves it."""

    def __init__(self) -> None:
        self.now = 500.0

    def __call__(self) -> float:
        return self.now


class Line:
    """A connection that has one answer."""

    def __init__(self, number: int, answer: Answer, log: list[str]) -> None:
        self.number, self.answer, self.log = number, answer, log

    async def fetch(self, tile: str) -> bytes:
        self.log.append(f"fetch {tile} on {self.number}")
        try:
            return await self.answer()
        finally:
            self.log.append(f"end on {self.number}")


class Pool:
    """Gives out one line after the other, and hangs when there is none left."""

    def __init__(self, *answers: Answer) -> None:
        self.log: list[str] = []
        self.lines = [Line(number, answer, self.log) for number, answer in enumerate(answers, 1)]
        self.free = list(self.lines)

    async def acquire(self) -> Line:
        self.log.append("acquire")
        return self.free.pop(0) if self.free else await never()

    def release(self, connection: Line) -> None:
        self.log.append(f"release {connection.number}")


def attempt(number: int) -> list[str]:
    return ["acquire", f"fetch {TILE} on {number}", f"end on {number}", f"release {number}"]


async def never() -> Line:
    raise TimeoutError


async def hanging() -> bytes:
    raise TimeoutError


async def image() -> bytes:
    for _ in range(5):
        await asyncio.sleep(0)
    return b"image"


def failing(error: Exception, clock: Clock | None = None, takes_s: float = 0.0) -> Answer:
    async def answer() -> bytes:
        if clock is not None:
            clock.now += takes_s
        raise error

    return answer


@asynccontextmanager
async def timing_out() -> AsyncIterator[None]:
    """The block must raise TimeoutError by itself: the bound, which is outside, is never caught."""
    async with asyncio.timeout(BOUND_S):
        with pytest.raises(TimeoutError):
            yield


@pytest.fixture
def clock() -> Clock:
    return Clock()


async def test_a_tile_that_takes_a_while(clock: Clock) -> None:
    pool = Pool(image)
    client = MapClient(pool, 3.0, clock)

    assert await client.tile(TILE) == b"image"

    assert pool.log == attempt(1)


async def test_the_third_attempt_may_succeed(clock: Clock) -> None:
    pool = Pool(failing(ProviderError()), failing(ProviderError()), image)

    assert await MapClient(pool, 3.0, clock).tile(TILE) == b"image"

    assert pool.log == attempt(1) + attempt(2) + attempt(3)


async def test_the_third_error_is_told(clock: Clock) -> None:
    errors = [ProviderError() for _ in range(4)]
    pool = Pool(*map(failing, errors))

    with pytest.raises(ProviderError) as caught:
        await MapClient(pool, 3.0, clock).tile(TILE)

    assert caught.value is errors[2]
    assert pool.log == attempt(1) + attempt(2) + attempt(3)


async def test_another_error_is_told_at_once(clock: Clock) -> None:
    error = ValueError("no such zoom")
    pool = Pool(failing(error), image)

    with pytest.raises(ValueError, match="no such zoom") as caught:
        await MapClient(pool, 3.0, clock).tile(TILE)

    assert caught.value is error
    assert pool.log == attempt(1)


async def test_a_provider_that_hangs_is_given_up(clock: Clock) -> None:
    pool = Pool(hanging, image)

    async with timing_out():
        await MapClient(pool, 3.0, clock).tile(TILE)

    assert pool.log == attempt(1)


async def test_a_pool_that_hangs_is_given_up(clock: Clock) -> None:
    pool = Pool()

    async with timing_out():
        await MapClient(pool, 3.0, clock).tile(TILE)

    assert pool.log == ["acquire"]


async def test_a_second_attempt_has_what_the_first_has_left(clock: Clock) -> None:
    pool = Pool(failing(ProviderError(), clock, takes_s=2.99), hanging)

    async with timing_out():
        await MapClient(pool, 3.0, clock).tile(TILE)

    assert pool.log == attempt(1) + attempt(2)


@pytest.mark.parametrize("takes_s", [3.0, 3.5], ids=["all-of-it", "more"])
async def test_with_no_time_left_there_is_no_attempt(clock: Clock, takes_s: float) -> None:
    pool = Pool(failing(ProviderError(), clock, takes_s), image)

    async with timing_out():
        await MapClient(pool, 3.0, clock).tile(TILE)

    assert pool.log == attempt(1)


async def test_each_call_has_the_whole_time(clock: Clock) -> None:
    pool = Pool(failing(ProviderError(), clock, takes_s=3.0), image)
    client = MapClient(pool, 3.0, clock)
    clock.now += 10.0
    async with timing_out():
        await client.tile(TILE)

    assert await client.tile(TILE) == b"image"
