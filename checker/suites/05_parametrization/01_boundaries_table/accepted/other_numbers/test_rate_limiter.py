from collections.abc import Awaitable, Callable
from types import SimpleNamespace

import pytest

from rate_limiter import RateLimiter

pytestmark = pytest.mark.asyncio


@pytest.fixture
def time() -> SimpleNamespace:
    return SimpleNamespace(ms=-250)


@pytest.fixture(params=[1, 30], ids="{}s-window".format)
def window_s(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture
def allow(time: SimpleNamespace, window_s: int) -> Callable[[str], Awaitable[bool]]:
    return RateLimiter(limit=5, window_s=window_s, clock=lambda: time.ms).allow


async def test_five_then_no_more(allow) -> None:
    for _ in range(5):
        assert await allow("a")
    assert not await allow("a")
    assert await allow("b")


@pytest.mark.parametrize(("offset_ms", "expected"), [(-1, False), (0, True)], ids=["before", "at"])
async def test_end_of_window(allow, time, window_s: int, offset_ms: int, expected: bool) -> None:
    for _ in range(5):
        await allow("a")
    time.ms += window_s * 1000 + offset_ms
    assert await allow("a") == expected


async def test_one_slot_at_a_time(allow, time, window_s: int) -> None:
    await allow("a")
    time.ms += 100
    for _ in range(4):
        await allow("a")
    time.ms += window_s * 1000 - 100
    assert [await allow("a"), await allow("a")] == [True, False]
    time.ms += 100
    assert [await allow("a") for _ in range(5)] == [True] * 4 + [False]
