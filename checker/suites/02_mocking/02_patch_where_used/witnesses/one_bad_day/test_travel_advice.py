from unittest.mock import AsyncMock, patch

import pytest

from forecast import Forecast, NoForecast
from travel import TravelDesk


@pytest.mark.asyncio
async def test_no_forecast_once() -> None:
    with patch("travel.fetch_forecast", side_effect=NoForecast):
        assert "no forecast" in await TravelDesk().advice("Bergen", units="metric")


@pytest.mark.asyncio
async def test_bergen_is_asked_again() -> None:
    fetch = AsyncMock(return_value=Forecast(9, rain=80))
    desk = TravelDesk()
    for time, place in ((0, "Bergen"), (900, "Oslo"), (1800, "Bergen")):
        with patch("travel.fetch_forecast", fetch), patch("travel.now", lambda: time):
            await desk.advice(place, units="metric")
    assert fetch.await_count == 3
