from dataclasses import dataclass, field

import pytest

import travel
from forecast import Forecast, NoForecast, ServiceDown


@dataclass
class Weather:
    """A weather service and a clock that the test sets."""

    time: float = 0.0
    day: Forecast | type[Exception] = Forecast(3, rain=90)
    asked: list[tuple[str, str]] = field(default_factory=list)

    async def fetch(self, place: str, *, units: str) -> Forecast:
        self.asked.append((place, units))
        if isinstance(self.day, Forecast):
            return self.day
        raise self.day


@pytest.fixture
def weather(monkeypatch: pytest.MonkeyPatch) -> Weather:
    weather = Weather()
    monkeypatch.setattr(travel, "fetch_forecast", weather.fetch)
    monkeypatch.setattr(travel, "now", lambda: weather.time)
    return weather


@pytest.mark.asyncio
async def test_rain_in_celsius(weather: Weather) -> None:
    desk = travel.TravelDesk()
    assert await desk.advice("Paris", units="metric") == "Paris: 3 °C, take an umbrella"
    assert weather.asked == [("Paris", "metric")]


@pytest.mark.asyncio
async def test_dry_in_fahrenheit(weather: Weather) -> None:
    weather.day = Forecast(80, rain=10)
    desk = travel.TravelDesk()
    assert await desk.advice("Rome", units="imperial") == "Rome: 80 °F, no umbrella needed"
    assert weather.asked == [("Rome", "imperial")]


@pytest.mark.asyncio
async def test_umbrella_edge(weather: Weather) -> None:
    weather.day = Forecast(80, rain=49)
    assert (await travel.TravelDesk().advice("Rome", units="metric")).endswith("no umbrella needed")
    weather.day = Forecast(80, rain=50)
    assert (await travel.TravelDesk().advice("Rome", units="metric")).endswith("take an umbrella")


@pytest.mark.asyncio
async def test_kept_for_half_an_hour_from_fetching(weather: Weather) -> None:
    desk = travel.TravelDesk()
    old = await desk.advice("Rome", units="metric")
    weather.day = Forecast(30, rain=0)

    weather.time = 1799.5
    assert await desk.advice("Rome", units="metric") == old
    weather.time = 1800
    assert await desk.advice("Rome", units="metric") == "Rome: 30 °C, no umbrella needed"
    assert len(weather.asked) == 2
    weather.time = 3599
    await desk.advice("Rome", units="metric")
    assert len(weather.asked) == 2


@pytest.mark.asyncio
async def test_no_mix_up(weather: Weather) -> None:
    desk = travel.TravelDesk()
    for place in ("Rome", "Paris", "Rome"):
        for units in ("metric", "imperial"):
            assert (await desk.advice(place, units=units)).startswith(f"{place}: 3 ")
    assert sorted(weather.asked) == [
        ("Paris", "imperial"),
        ("Paris", "metric"),
        ("Rome", "imperial"),
        ("Rome", "metric"),
    ]


@pytest.mark.asyncio
async def test_one_gets_old_and_the_other_does_not(weather: Weather) -> None:
    desk = travel.TravelDesk()
    for weather.time, place in ((0, "Rome"), (600, "Paris"), (1800, "Rome"), (1900, "Paris")):
        await desk.advice(place, units="metric")
    assert [place for place, _ in weather.asked] == ["Rome", "Paris", "Rome"]


@pytest.mark.asyncio
async def test_nothing_known_any_more(weather: Weather) -> None:
    desk = travel.TravelDesk()
    await desk.advice("Atlantis", units="metric")
    weather.time, weather.day = 5000, NoForecast
    text = await desk.advice("Atlantis", units="metric")
    assert text == "Atlantis: no forecast, pack for any weather"


@pytest.mark.asyncio
async def test_nothing_known(weather: Weather) -> None:
    desk = travel.TravelDesk()
    weather.day = NoForecast
    for _ in range(2):
        text = await desk.advice("Atlantis", units="metric")
        assert text == "Atlantis: no forecast, pack for any weather"
    assert len(weather.asked) == 2


@pytest.mark.asyncio
@pytest.mark.parametrize("has_old_one", [True, False])
async def test_down(weather: Weather, has_old_one: bool) -> None:
    desk = travel.TravelDesk()
    if has_old_one:
        await desk.advice("Rome", units="metric")
        weather.time = 5000
    weather.day = ServiceDown
    for _ in range(2):
        with pytest.raises(ServiceDown):
            await desk.advice("Rome", units="metric")
    assert len(weather.asked) == 2 + has_old_one
