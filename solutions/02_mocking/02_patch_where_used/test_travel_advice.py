"""What the travel desk says, when it asks the weather service, and what it keeps."""

from collections.abc import Iterator
from unittest.mock import AsyncMock, Mock, call, patch

import pytest

from forecast import Forecast, NoForecast, ServiceDown
from travel import TravelDesk

pytestmark = pytest.mark.asyncio

MILD = Forecast(14, rain=20)
WET = Forecast(9, rain=80)


@pytest.fixture
def fetch() -> Iterator[AsyncMock]:
    with patch("travel.fetch_forecast", autospec=True, return_value=MILD) as double:
        yield double


@pytest.fixture
def clock() -> Iterator[Mock]:
    with patch("travel.now", autospec=True, return_value=1000.0) as double:
        yield double


@pytest.fixture
def desk(fetch: AsyncMock, clock: Mock) -> TravelDesk:
    return TravelDesk()


@pytest.mark.parametrize(
    ("units", "degrees"), [pytest.param("metric", "°C"), pytest.param("imperial", "°F")]
)
async def test_the_service_is_asked_in_the_units_of_the_visitor(
    desk: TravelDesk, fetch: AsyncMock, units: str, degrees: str
) -> None:
    advice = await desk.advice("Bergen", units=units)

    assert advice == f"Bergen: 14 {degrees}, no umbrella needed"
    fetch.assert_awaited_once_with("Bergen", units=units)


@pytest.mark.parametrize(
    ("rain", "what"),
    [pytest.param(49, "no umbrella needed"), pytest.param(50, "take an umbrella")],
)
async def test_an_umbrella_is_for_half_a_chance_of_rain(
    desk: TravelDesk, fetch: AsyncMock, rain: int, what: str
) -> None:
    fetch.return_value = Forecast(9, rain)

    advice = await desk.advice("Bergen", units="metric")

    assert advice == f"Bergen: 9 °C, {what}"


async def test_a_young_forecast_is_used_again(
    desk: TravelDesk, fetch: AsyncMock, clock: Mock
) -> None:
    first = await desk.advice("Bergen", units="metric")
    clock.return_value += 1799

    second = await desk.advice("Bergen", units="metric")

    assert second == first
    fetch.assert_awaited_once()


async def test_an_old_forecast_is_replaced_though_it_was_used_meanwhile(
    desk: TravelDesk, fetch: AsyncMock, clock: Mock
) -> None:
    await desk.advice("Bergen", units="metric")
    clock.return_value += 900
    await desk.advice("Bergen", units="metric")
    clock.return_value += 900
    fetch.return_value = WET

    after_half_an_hour = await desk.advice("Bergen", units="metric")
    clock.return_value += 1799
    later = await desk.advice("Bergen", units="metric")

    assert after_half_an_hour == later == "Bergen: 9 °C, take an umbrella"
    assert fetch.await_count == 2


async def test_places_and_units_are_kept_apart(desk: TravelDesk, fetch: AsyncMock) -> None:
    questions = [("Bergen", "metric"), ("Oslo", "metric"), ("Bergen", "imperial")]

    for place, units in questions * 2:
        await desk.advice(place, units=units)

    assert fetch.await_args_list == [call(place, units=units) for place, units in questions]


async def test_each_forecast_has_an_age_of_its_own(
    desk: TravelDesk, fetch: AsyncMock, clock: Mock
) -> None:
    await desk.advice("Bergen", units="metric")
    clock.return_value += 900
    await desk.advice("Oslo", units="metric")
    clock.return_value += 900
    fetch.reset_mock()

    await desk.advice("Bergen", units="metric")
    await desk.advice("Oslo", units="metric")

    fetch.assert_awaited_once_with("Bergen", units="metric")


async def test_no_forecast_is_told_and_not_kept(desk: TravelDesk, fetch: AsyncMock) -> None:
    fetch.side_effect = NoForecast

    without = await desk.advice("Bergen", units="metric")
    fetch.side_effect = None
    afterwards = await desk.advice("Bergen", units="metric")

    assert without == "Bergen: no forecast, pack for any weather"
    assert afterwards == "Bergen: 14 °C, no umbrella needed"


async def test_no_forecast_is_told_in_spite_of_an_old_one(
    desk: TravelDesk, fetch: AsyncMock, clock: Mock
) -> None:
    await desk.advice("Bergen", units="metric")
    clock.return_value += 1800
    fetch.side_effect = NoForecast

    advice = await desk.advice("Bergen", units="metric")

    assert advice == "Bergen: no forecast, pack for any weather"


async def test_a_failure_reaches_the_caller_in_spite_of_an_old_forecast(
    desk: TravelDesk, fetch: AsyncMock, clock: Mock
) -> None:
    await desk.advice("Bergen", units="metric")
    clock.return_value += 1800
    fetch.side_effect = ServiceDown

    with pytest.raises(ServiceDown):
        await desk.advice("Bergen", units="metric")
    fetch.side_effect = None
    fetch.return_value = WET

    assert await desk.advice("Bergen", units="metric") == "Bergen: 9 °C, take an umbrella"
