from unittest.mock import Mock

import pytest

from rate_limiter import RateLimiter

pytestmark = pytest.mark.asyncio

EDGE = 45_000


@pytest.mark.parametrize(
    ("limit", "times", "answers"),
    [
        pytest.param(2, [0, 0, 0], [True, True, False], id="burst"),
        pytest.param(1, [0, EDGE - 1], [True, False], id="inside"),
        pytest.param(1, [0, EDGE], [True, True], id="edge"),
        pytest.param(2, [0, 9, EDGE, EDGE], [True, True, True, False], id="one-by-one"),
        pytest.param(1, [0, 9, EDGE], [True, False, True], id="refused"),
    ],
)
async def test_allow(limit: int, times: list[int], answers: list[bool]) -> None:
    clock = Mock(side_effect=times)
    limiter = RateLimiter(limit=limit, window_s=45, clock=clock)

    assert [await limiter.allow("a") for _ in answers] == answers


async def test_other_user() -> None:
    limiter = RateLimiter(limit=1, window_s=45, clock=Mock(return_value=0))

    assert [await limiter.allow(user) for user in "ab"] == [True, True]
