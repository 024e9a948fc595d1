import pytest

from rate_limiter import RateLimiter

Step = tuple[int, str, bool]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([(0, "ann", True), (0, "ann", True), (0, "ann", False)], id="full at once"),
        pytest.param([(0, "ann", True), (0, "ann", True), (9_999, "ann", False)], id="full until the end"),
        pytest.param([(0, "ann", True), (0, "ann", True), (10_000, "ann", True)], id="free at the end"),
        pytest.param(
            [(5, "ann", True), (8_000, "ann", True), (10_005, "ann", True), (10_005, "ann", False)],
            id="free one at a time",
        ),
        pytest.param(
            [(0, "ann", True), (0, "ann", True), (0, "bob", True), (0, "bob", True), (0, "bob", False)],
            id="two users",
        ),
        pytest.param(
            [(0, "ann", True), (1, "ann", True), (9_000, "ann", False), (9_001, "ann", False)]
            + [(10_001, "ann", True), (10_001, "ann", True), (10_001, "ann", False)],
            id="refusals are free",
        ),
    ],
)
async def test_two_requests_in_ten_seconds(steps: list[Step]) -> None:
    now = 0

    def clock() -> int:
        return now

    limiter = RateLimiter(limit=2, window_s=10, clock=clock)
    got = []
    for now, user, _ in steps:
        got.append((now, user, await limiter.allow(user)))

    assert got == steps


@pytest.mark.asyncio
async def test_one_request_a_second() -> None:
    now = 0
    limiter = RateLimiter(limit=1, window_s=1, clock=lambda: now)

    got = []
    for now in (0, 999, 1_000):
        got.append(await limiter.allow("ann"))

    assert got == [True, False, True]
