from unittest.mock import AsyncMock

import pytest

from language_placement import AREAS, OutOfRange, Rating, UnknownArea, rate

pytestmark = pytest.mark.asyncio


@pytest.fixture
def results() -> AsyncMock:
    return AsyncMock()


async def test_areas() -> None:
    assert AREAS == ("reading", "listening", "writing", "speaking")


@pytest.mark.parametrize(
    ("area", "points", "percent"),
    [
        ("reading", 0, 0),
        ("reading", 1, 2),
        ("reading", 39, 97),
        ("reading", 40, 100),
        ("listening", 20, 66),
        ("writing", 7, 54),
        ("speaking", 15, 50),
        pytest.param(
            "speaking", 25, 100, marks=pytest.mark.xfail(strict=True, reason="bug 112")
        ),
    ],
)
async def test_percent(results: AsyncMock, area: str, points: int, percent: int) -> None:
    assert await rate(results, "Robin", area, points) == Rating(area, percent)
    results.save.assert_awaited_once_with("Robin", Rating(area, percent))


@pytest.mark.parametrize("points", [-1, 41])
async def test_out_of_range(results: AsyncMock, points: int) -> None:
    with pytest.raises(OutOfRange) as caught:
        await rate(results, "Robin", "reading", points)
    assert str(caught.value) == f"reading takes 0 to 40 points, not {points}"
    results.save.assert_not_called()


async def test_unknown(results: AsyncMock) -> None:
    with pytest.raises(UnknownArea, match=r"^dancing$"):
        await rate(results, "Robin", "dancing", 20)
    results.save.assert_not_called()
