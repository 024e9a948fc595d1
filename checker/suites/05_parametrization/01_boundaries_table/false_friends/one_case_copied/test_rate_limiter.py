import pytest

from rate_limiter import RateLimiter

pytestmark = pytest.mark.asyncio


class FakeClock:
    def __init__(self) -> None:
        self.ms = 0

    def __call__(self) -> int:
        return self.ms


@pytest.mark.parametrize(
    ("after_ms", "granted"),
    [
        pytest.param(0, False, id="at-once"),
        pytest.param(0, False, id="inside-the-window"),
        pytest.param(0, False, id="on-the-boundary"),
        pytest.param(0, False, id="outside-the-window"),
    ],
)
async def test_window(after_ms: int, granted: bool) -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=3, window_s=45, clock=clock)
    answers = [await limiter.allow("a") for _ in range(3)]
    assert answers == [True, True, True]

    clock.ms = after_ms

    assert await limiter.allow("a") is granted


async def test_other_user() -> None:
    limiter = RateLimiter(limit=1, window_s=45, clock=FakeClock())
    assert await limiter.allow("a")
    assert await limiter.allow("b")
