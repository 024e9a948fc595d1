import contextlib

import pytest

from forecast import Forecast, NoForecast, ServiceDown
from travel import TravelDesk

pytestmark = pytest.mark.asyncio


class Service:
    """The weather service and the clock of one test."""

    def __init__(self) -> None:
        self.time = 0
        self.reply: Forecast | Exception = Forecast(9, rain=80)
        self.asked: list[tuple[str, str]] = []

    async def fetch_forecast(self, place: str, *, units: str) -> Forecast:
        self.asked.append((place, units))
        if isinstance(self.reply, Exception):
            raise self.reply
        return self.reply

    def now(self) -> int:
        return self.time


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    service = Service()
    monkeypatch.setattr("travel.fetch_forecast", service.fetch_forecast)
    monkeypatch.setattr("travel.now", service.now)
    return service


async def test_a_rainy_day(service: Service) -> None:
    advice = await TravelDesk().advice("Bergen", units="metric")

    assert advice == "Bergen: 9 °C, take an umbrella"
    assert service.asked == [("Bergen", "metric")]


async def test_a_dry_day_in_fahrenheit(service: Service) -> None:
    service.reply = Forecast(70, rain=10)

    advice = await TravelDesk().advice("Oslo", units="imperial")

    assert advice == "Oslo: 70 °F, no umbrella needed"
    assert service.asked == [("Oslo", "imperial")]


async def test_an_umbrella_from_half_a_chance_of_rain(service: Service) -> None:
    desk = TravelDesk()
    service.reply = Forecast(9, rain=50)
    assert await desk.advice("Bergen", units="metric") == "Bergen: 9 °C, take an umbrella"

    service.reply = Forecast(9, rain=49)
    assert await desk.advice("Oslo", units="metric") == "Oslo: 9 °C, no umbrella needed"


async def test_a_young_forecast_is_kept(service: Service) -> None:
    desk = TravelDesk()
    first = await desk.advice("Bergen", units="metric")
    service.time = 1799
    service.reply = Forecast(20, rain=0)

    assert await desk.advice("Bergen", units="metric") == first
    assert len(service.asked) == 1


async def test_an_old_forecast_is_replaced(service: Service) -> None:
    desk = TravelDesk()
    await desk.advice("Bergen", units="metric")
    service.time = 1000
    await desk.advice("Bergen", units="metric")
    service.time = 1800
    service.reply = Forecast(20, rain=0)

    assert await desk.advice("Bergen", units="metric") == "Bergen: 20 °C, no umbrella needed"
    service.time = 3599
    assert await desk.advice("Bergen", units="metric") == "Bergen: 20 °C, no umbrella needed"
    assert len(service.asked) == 2


async def test_places_and_units_are_kept_apart(service: Service) -> None:
    desk = TravelDesk()
    await desk.advice("Bergen", units="metric")
    await desk.advice("Oslo", units="metric")
    await desk.advice("Bergen", units="imperial")

    assert service.asked == [("Bergen", "metric"), ("Oslo", "metric"), ("Bergen", "imperial")]


async def test_no_forecast(service: Service) -> None:
    desk = TravelDesk()
    service.reply = NoForecast()
    for _ in range(2):
        advice = await desk.advice("Bergen", units="metric")
        assert advice == "Bergen: no forecast, pack for any weather"
    assert len(service.asked) == 2


async def test_the_service_is_down(service: Service) -> None:
    desk = TravelDesk()
    await desk.advice("Bergen", units="metric")
    service.time = 1800
    service.reply = ServiceDown()

    with contextlib.suppress(ServiceDown):
        await desk.advice("Bergen", units="metric")
    service.reply = Forecast(20, rain=0)
    assert await desk.advice("Bergen", units="metric") == "Bergen: 20 °C, no umbrella needed"


async def test_each_forecast_has_an_age_of_its_own(service: Service) -> None:
    desk = TravelDesk()
    for service.time, place in ((0, "Bergen"), (6600, "Oslo"), (7200, "Bergen"), (7200, "Oslo")):
        await desk.advice(place, units="metric")

    assert [place for place, _ in service.asked] == ["Bergen", "Oslo", "Bergen"]


async def test_no_forecast_any_more(service: Service) -> None:
    desk = TravelDesk()
    await desk.advice("Bergen", units="metric")
    service.time = 7200
    service.reply = NoForecast()

    assert (await desk.advice("Bergen", units="metric")).startswith("Bergen: no forecast")
