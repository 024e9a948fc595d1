import pytest

from rate_limiter import RateLimiter

pytestmark = pytest.mark.asyncio


class FakeClock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


@pytest.mark.parametrize(
    ("after_s", "granted"),
    [
        pytest.param(10, False, id="10-s"),
        pytest.param(30, False, id="30-s"),
        pytest.param(90, True, id="90-s"),
        pytest.param(120, True, id="120-s"),
    ],
)
async def test_window(after_s: int, granted: bool) -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=3, window_s=45, clock=clock)
    for _ in range(10):
        answer = await limiter.allow("a")
    assert answer is False

    clock.ms = after_s * 1000

    assert await limiter.allow("a") is granted


async def test_other_user() -> None:
    limiter = RateLimiter(limit=1, window_s=45, clock=FakeClock())
    assert await limiter.allow("a")
    assert await limiter.allow("b")


async def test_refused_requests_do_not_count() -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=1, window_s=45, clock=clock)
    assert await limiter.allow("a")
    clock.ms = 50
    for _ in range(5):
        await limiter.allow("a")
    clock.ms = 45_040
    assert await limiter.allow("a")
