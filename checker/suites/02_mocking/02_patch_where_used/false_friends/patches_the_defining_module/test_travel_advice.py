from unittest.mock import AsyncMock, patch

import pytest

from forecast import Forecast
from travel import TravelDesk

pytestmark = pytest.mark.asyncio


@pytest.fixture(autouse=True)
def service():
    with patch("forecast.fetch_forecast", AsyncMock(return_value=Forecast(14, rain=20))) as fetch:
        yield fetch


async def test_a_dry_day() -> None:
    advice = await TravelDesk().advice("Bergen", units="metric")

    assert advice == "Bergen: 14 °C, no umbrella needed"


async def test_the_same_advice_twice(service: AsyncMock) -> None:
    desk = TravelDesk()

    first = await desk.advice("Oslo", units="metric")
    second = await desk.advice("Oslo", units="metric")

    assert first == second == "Oslo: 14 °C, no umbrella needed"
    assert service.await_count <= 1
