from unittest.mock import AsyncMock

import pytest

from language_placement import AREAS, OutOfRange, Rating, UnknownArea, rate


@pytest.fixture
def results() -> AsyncMock:
    return AsyncMock()


def test_there_are_four_areas() -> None:
    assert AREAS == ("reading", "listening", "writing", "speaking")


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("area", "points", "percent"),
    [
        pytest.param("reading", 0, 0, id="reading-lowest"),
        pytest.param("reading", 39, 97, id="reading-rounded-down"),
        pytest.param("reading", 40, 100, id="reading-highest"),
        pytest.param("listening", 0, 0, id="listening-lowest"),
        pytest.param("listening", 20, 66, id="listening-rounded-down"),
        pytest.param("listening", 30, 100, id="listening-highest"),
        pytest.param("writing", 1, 0, id="writing-lowest"),
        pytest.param("writing", 7, 54, id="writing-rounded-down"),
        pytest.param("writing", 12, 100, id="writing-highest"),
        pytest.param("speaking", 5, 0, id="speaking-lowest"),
        pytest.param("speaking", 24, 95, id="speaking-one-below-highest"),
    ],
)
async def test_points_become_percent(
    results: AsyncMock, area: str, points: int, percent: int
) -> None:
    rating = await rate(results, "Robin", area, points)

    assert rating == Rating(area, percent)
    results.save.assert_awaited_once_with("Robin", rating)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("area", "points", "taken"),
    [
        pytest.param("reading", -1, "0 to 40", id="reading-below"),
        pytest.param("reading", 41, "0 to 40", id="reading-above"),
        pytest.param("listening", -1, "0 to 30", id="listening-below"),
        pytest.param("listening", 31, "0 to 30", id="listening-above"),
        pytest.param("writing", 0, "1 to 12", id="writing-below"),
        pytest.param("writing", 13, "1 to 12", id="writing-above"),
        pytest.param("speaking", 4, "5 to 25", id="speaking-below"),
        pytest.param("speaking", 26, "5 to 25", id="speaking-above"),
    ],
)
async def test_points_outside_are_refused(
    results: AsyncMock, area: str, points: int, taken: str
) -> None:
    with pytest.raises(OutOfRange) as caught:
        await rate(results, "Robin", area, points)

    assert str(caught.value) == f"{area} takes {taken} points, not {points}"
    results.save.assert_not_called()


@pytest.mark.asyncio
async def test_another_area_is_unknown(results: AsyncMock) -> None:
    with pytest.raises(UnknownArea) as caught:
        await rate(results, "Robin", "dancing", 20)

    assert str(caught.value) == "dancing"
    results.save.assert_not_called()
