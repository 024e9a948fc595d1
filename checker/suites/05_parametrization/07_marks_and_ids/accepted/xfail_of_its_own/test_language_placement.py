from dataclasses import dataclass, field

import pytest

import language_placement as lp

pytestmark = pytest.mark.asyncio


@dataclass
class Results:
    kept: list[tuple[str, lp.Rating]] = field(default_factory=list)

    async def save(self, candidate: str, rating: lp.Rating) -> None:
        self.kept.append((candidate, rating))


@pytest.fixture
def results() -> Results:
    return Results()


RANGES = {"reading": (0, 40), "listening": (0, 30), "writing": (1, 12), "speaking": (5, 25)}
INSIDE = [
    *[(area, low, 0) for area, (low, _) in RANGES.items()],
    *[(area, high, 100) for area, (_, high) in RANGES.items() if area != "speaking"],
    ("reading", 39, 97),
    ("listening", 1, 3),
    ("writing", 7, 54),
    ("speaking", 24, 95),
]
OUTSIDE = [(area, n) for area, (low, high) in RANGES.items() for n in (low - 1, high + 1)]


async def test_names() -> None:
    assert lp.AREAS == tuple(RANGES)


@pytest.mark.parametrize("area, points, percent", INSIDE)
async def test_inside(results: Results, area: str, points: int, percent: int) -> None:
    rating = await lp.rate(results, "Robin", area, points)
    assert rating == lp.Rating(area, percent)
    assert results.kept == [("Robin", rating)]


@pytest.mark.known_bug
@pytest.mark.xfail(reason="112", strict=True)
async def test_bug_112(results: Results) -> None:
    assert (await lp.rate(results, "Robin", "speaking", 25)).percent == 100


@pytest.mark.parametrize("area, points", OUTSIDE)
async def test_outside(results: Results, area: str, points: int) -> None:
    low, high = RANGES[area]
    with pytest.raises(lp.OutOfRange) as error:
        await lp.rate(results, "Robin", area, points)
    assert error.value.args == (f"{area} takes {low} to {high} points, not {points}",)
    assert results.kept == []


@pytest.mark.parametrize("area", ["Reading", "", "singing"])
async def test_unknown(results: Results, area: str) -> None:
    for points in (-1, 10):
        with pytest.raises(lp.UnknownArea) as error:
            await lp.rate(results, "Robin", area, points)
        assert error.value.args[0] == area
    assert results.kept == []
