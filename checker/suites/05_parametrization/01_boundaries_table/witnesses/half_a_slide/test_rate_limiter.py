import pytest

from rate_limiter import RateLimiter


@pytest.mark.asyncio
async def test_one_place_becomes_free() -> None:
    now_ms = 0
    limiter = RateLimiter(limit=2, window_s=60, clock=lambda: now_ms)
    await limiter.allow("a")
    now_ms = 20_000
    await limiter.allow("a")
    now_ms = 60_000

    assert await limiter.allow("a") is True
