from unittest.mock import AsyncMock

import pytest

from language_placement import AREAS, rate

HIGHEST = {"reading": 40, "listening": 30, "writing": 12, "speaking": 25}
SPOKEN = [area for area in AREAS if area.startswith("Speak")]


@pytest.mark.asyncio
@pytest.mark.parametrize("area", ["reading", "listening", "writing"])
async def test_full_marks(area: str) -> None:
    rating = await rate(AsyncMock(), "Kim", area, HIGHEST[area])

    assert rating.percent == 100


@pytest.mark.asyncio
@pytest.mark.parametrize("area", SPOKEN)
async def test_spoken_areas(area: str) -> None:
    rating = await rate(AsyncMock(), "Kim", area, 15)

    assert rating.percent == 50


@pytest.mark.asyncio
@pytest.mark.xfail(reason="bug 112")
async def test_full_marks_for_speaking() -> None:
    rating = await rate(AsyncMock(), "Kim", "speaking", 25)

    assert rating.percent == 100
