import pytest

from rate_limiter import RateLimiter


@pytest.mark.asyncio
@pytest.mark.parametrize("requests", [1, 2])
async def test_a_few_requests_are_granted(requests: int) -> None:
    limiter = RateLimiter(limit=3, window_s=60, clock=lambda: 0)

    granted = [await limiter.allow("reader") for _ in range(requests)]

    assert all(granted)


@pytest.mark.asyncio
async def test_many_requests_are_refused_in_the_end() -> None:
    limiter = RateLimiter(limit=3, window_s=60, clock=lambda: 0)

    granted = [await limiter.allow("reader") for _ in range(10)]

    assert granted[-1] is False


# The clock of these tests stands still. What happens at 59.999 s, at 60 s, and to another user?
