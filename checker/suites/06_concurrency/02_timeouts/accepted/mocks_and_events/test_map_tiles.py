import asyncio
from typing import Any
from unittest.mock import AsyncMock, Mock, call

import pytest

from map_tiles import MapClient, ProviderError

pytestmark = pytest.mark.asyncio


class Setup:
    def __init__(self, *outcomes: Any, timeout_s: float = 60.0) -> None:
        self.seconds = 0.0
        self.events: list[str] = []
        self.connections = [self.connection(n, outcome) for n, outcome in enumerate(outcomes)]
        self.pool = Mock()
        self.pool.acquire = AsyncMock(side_effect=self.connections)
        self.pool.release.side_effect = lambda line: self.events.append(f"-{line.number}")
        self.client = MapClient(self.pool, timeout_s, lambda: self.seconds)

    def connection(self, number: int, outcome: Any) -> Mock:
        async def fetch(tile: str) -> bytes:
            self.events.append(f"+{number}")
            try:
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                if outcome is None:
                    await asyncio.Event().wait()
                if isinstance(outcome, tuple):
                    self.seconds += outcome[0]
                    raise outcome[1]
                if isinstance(outcome, Exception):
                    raise outcome
                return outcome
            finally:
                self.events.append(f"/{number}")

        return Mock(number=number, fetch=AsyncMock(side_effect=fetch))


async def test_success() -> None:
    setup = Setup(b"png")
    setup.seconds = 1000.0
    assert await setup.client.tile("1/2/3") == b"png"
    assert setup.connections[0].fetch.await_args_list == [call("1/2/3")]
    assert setup.events == ["+0", "/0", "-0"]


async def test_second_and_third_attempt() -> None:
    for failures in (1, 2):
        setup = Setup(*[ProviderError()] * failures, b"png", b"another")
        assert await setup.client.tile("1/2/3") == b"png"
        assert setup.events == [f"{sign}{n}" for n in range(failures + 1) for sign in "+/-"]


async def test_three_failures() -> None:
    errors = [ProviderError(str(n)) for n in range(5)]
    setup = Setup(*errors)
    with pytest.raises(ProviderError, match="2"):
        await setup.client.tile("1/2/3")
    assert setup.events == [f"{sign}{n}" for n in range(3) for sign in "+/-"]


async def test_bug_in_the_provider() -> None:
    setup = Setup(ZeroDivisionError(), b"png")
    with pytest.raises(ZeroDivisionError):
        await setup.client.tile("1/2/3")
    assert setup.events == ["+0", "/0", "-0"]


@pytest.mark.parametrize("before", [0, 1, 2])
async def test_hanging_answer(before: int) -> None:
    spent = (59.995 / 2, ProviderError())
    setup = Setup(*[spent] * before, None, b"png", timeout_s=60.0 if before == 2 else 0.01)
    if before == 1:
        setup = Setup((59.995, ProviderError()), None, b"png")
    async with asyncio.timeout(1):
        with pytest.raises(TimeoutError):
            await setup.client.tile("1/2/3")
    assert setup.events == [f"{sign}{n}" for n in range(before + 1) for sign in "+/-"]


async def test_hanging_pool() -> None:
    setup = Setup(timeout_s=0.01)
    setup.pool.acquire = AsyncMock(side_effect=asyncio.Event().wait)
    async with asyncio.timeout(1):
        with pytest.raises(TimeoutError):
            await setup.client.tile("1/2/3")
    assert setup.pool.acquire.await_count <= 1
    assert setup.events == []


@pytest.mark.parametrize("spent", [60.0, 61.0])
async def test_all_time_is_spent_and_the_next_call_has_it_all(spent: float) -> None:
    setup = Setup((spent, ProviderError()), b"png")
    with pytest.raises(TimeoutError):
        await setup.client.tile("1/2/3")
    assert setup.events == ["+0", "/0", "-0"]
    assert setup.pool.acquire.await_count == 1

    assert await setup.client.tile("1/2/3") == b"png"
