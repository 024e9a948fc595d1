import pytest

from rate_limiter import RateLimiter

pytestmark = pytest.mark.asyncio


class FakeClock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


@pytest.mark.parametrize("limit", [1, 2, 5])
async def test_limit(limit: int) -> None:
    limiter = RateLimiter(limit=limit, window_s=45, clock=FakeClock())

    answers = [await limiter.allow("a") for _ in range(limit + 1)]

    assert answers == [*([True] * limit), False]


@pytest.mark.parametrize("after_ms", [45_000, 45_001, 3_600_000])
async def test_window(after_ms: int) -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=1, window_s=45, clock=clock)
    await limiter.allow("a")

    clock.ms = after_ms

    assert await limiter.allow("a") is True


async def test_other_user() -> None:
    limiter = RateLimiter(limit=1, window_s=45, clock=FakeClock())
    assert await limiter.allow("a")
    assert await limiter.allow("b")


async def test_requests_leave_one_by_one() -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=3, window_s=45, clock=clock)
    for clock.ms in (0, 44_999, 44_999):
        assert await limiter.allow("a")

    clock.ms = 45_000

    assert [await limiter.allow("a") for _ in range(2)] == [True, False]


async def test_refused_requests_do_not_count() -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=1, window_s=45, clock=clock)
    await limiter.allow("a")
    clock.ms = 50
    await limiter.allow("a")
    clock.ms = 45_000
    assert await limiter.allow("a")
