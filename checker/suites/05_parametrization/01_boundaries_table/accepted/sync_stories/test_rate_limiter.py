import asyncio

from rate_limiter import RateLimiter


def story(limit: int, window_s: int, *steps: tuple[int, str]) -> str:
    """Play (time in ms, user) steps; `+` for granted, `-` for refused."""
    now = {"ms": 0}

    async def play() -> str:
        limiter = RateLimiter(limit=limit, window_s=window_s, clock=lambda: now["ms"])
        line = ""
        for now["ms"], user in steps:
            line += "+" if await limiter.allow(user) else "-"
        return line

    return asyncio.run(play())


def test_burst() -> None:
    assert story(4, 5, *[(77, "x")] * 6) == "++++--"


def test_edges_of_the_window() -> None:
    assert story(1, 5, (0, "x"), (4_999, "x")) == "+-"
    assert story(1, 5, (0, "x"), (5_000, "x")) == "++"


def test_window_slides() -> None:
    assert story(2, 5, (0, "x"), (3_000, "x"), (5_000, "x"), (5_000, "x"), (8_000, "x")) == "+++-+"


def test_users_do_not_share() -> None:
    assert story(1, 5, (0, "x"), (0, "y"), (0, "x"), (0, "y")) == "++--"


def test_refusals_do_not_count() -> None:
    assert story(1, 5, (0, "x"), (4_000, "x"), (5_000, "x"), (9_999, "x"), (10_000, "x")) == "+-+-+"
