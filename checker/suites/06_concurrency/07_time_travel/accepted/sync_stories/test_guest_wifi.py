import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

import guest_wifi

T0 = datetime(2030, 6, 15, 8, 30, 0, 500, tzinfo=UTC)
LIFE = timedelta(hours=2)
WIN = timedelta(seconds=10)


def td(ms: float) -> timedelta:
    return timedelta(milliseconds=ms)


class Story:
    """Calls a portal step by step. Errors come back as the name of their class."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.time, self.ms = T0, 123
        monkeypatch.setattr("guest_wifi.utc_now", lambda: self.time)
        monkeypatch.setattr("guest_wifi.monotonic_ms", lambda: self.ms)
        self.portal = guest_wifi.Portal(code="c", lifetime=LIFE, window=WIN)

    def call(self, name: str, *args: str) -> Any:
        try:
            return asyncio.run(getattr(self.portal, name)(*args))
        except guest_wifi.TooManyTries as error:
            return error.retry_after
        except Exception as error:
            return type(error).__name__

    def join(self, device: str = "d") -> str:
        grant = self.call("sign_in", device, "c")
        assert grant.expires_at == self.time + LIFE
        return grant.token

    def tries(self, text: str) -> list[Any]:
        """ "r" is a right code, "w" a wrong one, "." one second on both clocks."""
        results = []
        for letter in text:
            if letter == ".":
                self.time += timedelta(seconds=1)
                self.ms += 1000
            else:
                result = self.call("sign_in", "d", "c" if letter == "r" else "x")
                results.append("ok" if isinstance(result, guest_wifi.Grant) else result)
        return results


@pytest.fixture
def story(monkeypatch: pytest.MonkeyPatch) -> Story:
    return Story(monkeypatch)


def test_tokens_differ(story: Story) -> None:
    tokens = [story.join(), story.join(), story.join("e")]
    assert len(set(tokens)) == 3
    assert all(isinstance(token, str) for token in tokens)
    assert [story.call("check", token) for token in tokens] == ["d", "d", "e"]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (timedelta(days=-1), "d"),
        (timedelta(0), "d"),
        (LIFE - timedelta(microseconds=1), "d"),
        (LIFE, "Expired"),
        (LIFE + timedelta(days=1), "Expired"),
    ],
)
@pytest.mark.parametrize("ticks", [0, 10**10])
def test_check(story: Story, after: timedelta, expected: str, ticks: int) -> None:
    token = story.join()
    story.time += after
    story.ms += ticks
    assert story.call("check", token) == expected
    if expected == "Expired":
        assert story.call("refresh", token) == expected
        assert story.call("check", token) == expected
        assert story.call("sign_out", token) == td(ticks)


@pytest.mark.parametrize("minutes", [[119, 119, 119], [-30, -30, 10]])
def test_refresh(story: Story, minutes: list[int]) -> None:
    token, other = story.join(), story.join()
    for step in minutes:
        story.time += timedelta(minutes=step)
        assert story.call("refresh", token) == guest_wifi.Grant(token, story.time + LIFE)
    end = story.time + LIFE
    story.time = end - timedelta(microseconds=1)
    assert story.call("check", token) == "d"
    story.time = end
    assert story.call("check", token) == "Expired"
    story.time = T0 + LIFE
    assert story.call("check", other) == "Expired"


def test_sign_out(story: Story) -> None:
    token, other = story.join(), story.join()
    story.ms += 999
    story.call("refresh", token)
    story.ms += 1002
    story.time -= timedelta(days=9)
    assert story.call("sign_out", token) == td(2001)
    for name in ("sign_out", "check", "refresh"):
        assert story.call(name, token) == "UnknownToken"
        assert story.call(name, "?") == "UnknownToken"
    assert story.call("check", other) == "d"


W = "WrongCode"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wwr", [W, W, "ok"]),
        ("wwwr", [W, W, W, td(10000)]),
        ("wwww", [W, W, W, td(10000)]),
        ("w.w.ww", [W, W, W, td(8000)]),
        ("w.w.w.......r.r", [W, W, W, td(1000), "ok"]),
        ("w.w.w........w.w", [W, W, W, W, W]),
        ("w.w.w........wr", [W, W, W, W, td(1000)]),
        ("www....www......r", [W, W, W, td(6000), td(6000), td(6000), "ok"]),
        ("wwrrrrwr", [W, W, "ok", "ok", "ok", "ok", W, td(10000)]),
        ("ww..........wwr", [W, W, W, W, "ok"]),
    ],
)
def test_tries(story: Story, text: str, expected: list[Any]) -> None:
    assert story.tries(text) == expected


def test_to_the_millisecond(story: Story) -> None:
    story.tries("www")
    story.ms += 9_999
    story.time += timedelta(days=-1)
    assert story.tries("r") == [td(1)]
    story.ms += 1
    assert story.tries("r") == ["ok"]


def test_the_wall_clock_does_not_let_in(story: Story) -> None:
    story.tries("www")
    story.time += timedelta(days=1)
    assert story.tries("r") == [td(10000)]
    assert story.join("e")
