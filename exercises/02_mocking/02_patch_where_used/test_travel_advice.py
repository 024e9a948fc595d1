from unittest.mock import AsyncMock, patch

import pytest

from forecast import Forecast
from travel import TravelDesk


@pytest.mark.asyncio
async def test_a_dry_day() -> None:
    with patch("forecast.fetch_forecast", AsyncMock(return_value=Forecast(14, rain=20))):
        advice = await TravelDesk().advice("Bergen", units="metric")

    assert advice == "Bergen: 14 °C, no umbrella needed"


@pytest.mark.asyncio
async def test_a_rainy_day() -> None:
    with patch("forecast.fetch_forecast", AsyncMock(return_value=Forecast(9, rain=80))):
        advice = await TravelDesk().advice("Bergen", units="metric")

    assert "umbrella" in advice


@pytest.mark.asyncio
async def test_a_forecast_is_kept() -> None:
    desk = TravelDesk()

    with patch("forecast.fetch_forecast", AsyncMock(return_value=Forecast(14, rain=20))) as fetch:
        first = await desk.advice("Bergen", units="metric")
        second = await desk.advice("Bergen", units="metric")

    assert first == second
    assert fetch.await_count <= 1
