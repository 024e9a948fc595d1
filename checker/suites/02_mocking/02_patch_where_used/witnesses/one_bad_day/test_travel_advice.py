from unittest.mock import patch

import pytest

from forecast import NoForecast
from travel import TravelDesk


@pytest.mark.asyncio
async def test_no_forecast_once() -> None:
    with patch("travel.fetch_forecast", side_effect=NoForecast):
        assert "no forecast" in await TravelDesk().advice("Bergen", units="metric")
