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
        pytest.param(44_999, False, id="just-inside"),
        pytest.param(45_000, True, id="on-the-boundary"),
        pytest.param(45_001, True, id="just-outside"),
    ],
)
async def test_second_request(after_ms: int, granted: bool) -> None:
    clock = FakeClock()
    limiter = RateLimiter(limit=1, window_s=45, clock=clock)
    assert await limiter.allow("a") is True

    clock.ms = after_ms

    assert await limiter.allow("a") is granted


async def test_other_user() -> None:
    limiter = RateLimiter(limit=1, window_s=45, clock=FakeClock())
    assert await limiter.allow("a") is True
    assert await limiter.allow("b") is True
