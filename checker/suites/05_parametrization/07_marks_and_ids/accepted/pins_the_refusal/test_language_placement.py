import asyncio

import pytest

from language_placement import AREAS, OutOfRange, Rating, UnknownArea, rate


class Shelf(dict):
    saves = 0

    async def save(self, candidate, rating):
        self.saves += 1
        self[candidate] = rating


def run(area: str, points: int) -> tuple[object, Shelf]:
    """The rating or the error, and what was kept."""
    shelf = Shelf()
    try:
        return asyncio.run(rate(shelf, "Ada", area, points)), shelf
    except (OutOfRange, UnknownArea) as error:
        return error, shelf


@pytest.mark.parametrize(
    ("area", "low", "high", "top_percent"),
    [
        ("reading", 0, 40, 100),
        ("listening", 0, 30, 100),
        ("writing", 1, 12, 100),
        ("speaking", 5, 24, 95),
    ],
)
class TestRange:
    def test_lowest(self, area: str, low: int, high: int, top_percent: int) -> None:
        rating, shelf = run(area, low)
        assert rating == Rating(area, 0)
        assert shelf == {"Ada": rating}
        assert shelf.saves == 1

    def test_highest(self, area: str, low: int, high: int, top_percent: int) -> None:
        rating, shelf = run(area, high)
        assert rating == Rating(area, top_percent)
        assert shelf == {"Ada": rating}

    def test_too_low(self, area: str, low: int, high: int, top_percent: int) -> None:
        error, shelf = run(area, low - 1)
        assert isinstance(error, OutOfRange)
        assert str(error).startswith(f"{area} takes {low} to ")
        assert str(error).endswith(f" points, not {low - 1}")
        assert shelf == {}

    def test_too_high(self, area: str, low: int, high: int, top_percent: int) -> None:
        # Speaking has 25 points, one more than it takes (bug 112).
        full = high if top_percent == 100 else high + 1
        error, shelf = run(area, full + 1)
        assert isinstance(error, OutOfRange)
        assert str(error) == f"{area} takes {low} to {full} points, not {full + 1}"
        assert shelf == {}


def test_bug_112_is_still_there() -> None:
    """When this fails, the bug is fixed: expect 100 percent, and close it."""
    error, _ = run("speaking", 25)
    assert isinstance(error, OutOfRange)


def test_down() -> None:
    assert run("writing", 7)[0] == Rating("writing", 54)
    assert run("listening", 20)[0] == Rating("listening", 66)
    assert run("reading", 39)[0] == Rating("reading", 97)


def test_unknown() -> None:
    error, shelf = run("cooking", 7)
    assert isinstance(error, UnknownArea)
    assert str(error) == "cooking"
    assert not shelf
    assert isinstance(run("cooking", -7)[0], UnknownArea)


def test_areas() -> None:
    assert list(AREAS) == "reading listening writing speaking".split()
