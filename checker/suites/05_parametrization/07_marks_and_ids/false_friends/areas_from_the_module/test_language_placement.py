from unittest.mock import AsyncMock

import pytest

from language_placement import AREAS, OutOfRange, Rating, UnknownArea, rate


@pytest.fixture
def results() -> AsyncMock:
    return AsyncMock()


EXPECTED = {"reading": (0, 40), "listening": (0, 30), "writing": (1, 12), "speaking": (5, 24)}


@pytest.mark.asyncio
@pytest.mark.parametrize("area", AREAS)
async def test_ends(area: str) -> None:
    for points, percent in zip(
        EXPECTED[area], (0, 95 if area == "speaking" else 100), strict=True
    ):
        results = AsyncMock()
        assert await rate(results, "Robin", area, points) == Rating(area, percent)
        results.save.assert_awaited_once_with("Robin", Rating(area, percent))


@pytest.mark.asyncio
@pytest.mark.parametrize("area", AREAS)
async def test_outside(results: AsyncMock, area: str) -> None:
    lowest, highest = EXPECTED[area][0], 25 if area == "speaking" else EXPECTED[area][1]
    for points in (lowest - 1, highest + 1):
        with pytest.raises(OutOfRange) as caught:
            await rate(results, "Robin", area, points)
        expected = f"{area} takes {lowest} to {highest} points, not {points}"
        assert str(caught.value) == expected
    results.save.assert_not_called()


@pytest.mark.asyncio
async def test_rounded_down(results: AsyncMock) -> None:
    assert (await rate(results, "Robin", "writing", 7)).percent == 54
    assert (await rate(results, "Robin", "reading", 39)).percent == 97
    assert (await rate(results, "Robin", "listening", 20)).percent == 66


@pytest.mark.asyncio
@pytest.mark.known_bug
@pytest.mark.xfail(strict=True, raises=OutOfRange, reason="bug 112: 25 belongs to speaking")
async def test_full_marks_for_speaking(results: AsyncMock) -> None:
    assert await rate(results, "Robin", "speaking", 25) == Rating("speaking", 100)


@pytest.mark.asyncio
async def test_another_area_is_unknown(results: AsyncMock) -> None:
    with pytest.raises(UnknownArea) as caught:
        await rate(results, "Robin", "dancing", 20)

    assert str(caught.value) == "dancing"
    results.save.assert_not_called()
