"""The rate limiter at its boundaries: the last request granted, the first one refused, and back."""

import pytest

from rate_limiter import RateLimiter

WINDOW_S = 60
WINDOW_MS = 60_000
START_MS = 1_700_000


class HandClock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now_ms = START_MS

    def __call__(self) -> int:
        return self.now_ms


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.mark.asyncio
@pytest.mark.parametrize("limit", [1, 3])
async def test_the_request_after_the_limit_is_refused(limit: int, clock: HandClock) -> None:
    limiter = RateLimiter(limit=limit, window_s=WINDOW_S, clock=clock)

    answers = [await limiter.allow("reader") for _ in range(limit + 1)]

    assert answers == [True] * limit + [False]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("window_s", "later_ms", "granted"),
    [
        pytest.param(60, 0, False, id="same-moment"),
        pytest.param(60, 59_999, False, id="last-millisecond-inside"),
        pytest.param(60, 60_000, True, id="on-the-boundary"),
        pytest.param(60, 60_001, True, id="first-millisecond-outside"),
        pytest.param(1, 999, False, id="inside-a-short-window"),
        pytest.param(1, 1_000, True, id="on-its-boundary"),
    ],
)
async def test_a_request_counts_for_one_window(
    window_s: int, later_ms: int, granted: bool, clock: HandClock
) -> None:
    limiter = RateLimiter(limit=1, window_s=window_s, clock=clock)
    await limiter.allow("reader")

    clock.now_ms += later_ms

    assert await limiter.allow("reader") is granted


@pytest.mark.asyncio
async def test_each_request_drops_out_by_itself(clock: HandClock) -> None:
    limiter = RateLimiter(limit=2, window_s=WINDOW_S, clock=clock)
    await limiter.allow("reader")
    clock.now_ms += 20_000
    await limiter.allow("reader")

    clock.now_ms = START_MS + WINDOW_MS
    answers = [await limiter.allow("reader") for _ in range(2)]

    assert answers == [True, False]


@pytest.mark.asyncio
async def test_users_are_counted_apart(clock: HandClock) -> None:
    limiter = RateLimiter(limit=1, window_s=WINDOW_S, clock=clock)
    await limiter.allow("reader")

    assert await limiter.allow("writer") is True


@pytest.mark.asyncio
async def test_a_refused_request_does_not_prolong_the_wait(clock: HandClock) -> None:
    limiter = RateLimiter(limit=1, window_s=WINDOW_S, clock=clock)
    await limiter.allow("reader")
    clock.now_ms += WINDOW_MS - 1
    await limiter.allow("reader")

    clock.now_ms += 1

    assert await limiter.allow("reader") is True
