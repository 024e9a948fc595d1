import asyncio
from unittest import mock

import pytest

from forecast import Forecast, NoForecast, ServiceDown
from travel import TravelDesk


def ask(desk: TravelDesk, reply: object, *, at: float = 0, place: str = "Ulm", units: str = "metric"):
    """Ask the desk at a time, with a service that has this one reply; the advice and the questions."""
    service = mock.AsyncMock(side_effect=[reply])
    with mock.patch("travel.fetch_forecast", service), mock.patch("travel.now", lambda: at):
        return asyncio.run(desk.advice(place, units=units)), service.await_args_list


SUN = Forecast(21, 0)
RAIN = Forecast(11, 100)
ASKED = [mock.call("Ulm", units="metric")]
SUNNY = "Ulm: 21 °C, no umbrella needed"
RAINY = "Ulm: 11 °C, take an umbrella"


def test_sun_and_rain() -> None:
    assert ask(TravelDesk(), SUN) == (SUNNY, ASKED)
    assert ask(TravelDesk(), RAIN) == (RAINY, ASKED)
    assert ask(TravelDesk(), Forecast(11, 50)) == (RAINY, ASKED)
    assert ask(TravelDesk(), Forecast(21, 49)) == (SUNNY, ASKED)


def test_fahrenheit() -> None:
    got = ask(TravelDesk(), SUN, units="imperial")
    assert got == ("Ulm: 21 °F, no umbrella needed", [mock.call("Ulm", units="imperial")])


def test_cache() -> None:
    desk = TravelDesk()
    assert ask(desk, SUN, at=100) == (SUNNY, ASKED)
    assert ask(desk, RAIN, at=1000) == (SUNNY, [])
    assert ask(desk, RAIN, at=1899) == (SUNNY, [])
    assert ask(desk, RAIN, at=1900) == (RAINY, ASKED)
    assert ask(desk, SUN, at=3699) == (RAINY, [])
    assert ask(desk, SUN, at=3700) == (SUNNY, ASKED)


def test_cache_key() -> None:
    desk = TravelDesk()
    ask(desk, SUN)
    assert ask(desk, RAIN, place="Bonn") == (
        "Bonn: 11 °C, take an umbrella",
        [mock.call("Bonn", units="metric")],
    )
    assert ask(desk, Forecast(70, 0), units="imperial")[0] == "Ulm: 70 °F, no umbrella needed"
    assert ask(desk, RAIN) == (SUNNY, [])


def test_two_places_get_old_one_by_one() -> None:
    desk = TravelDesk()
    ask(desk, SUN)
    ask(desk, SUN, at=1700, place="Bonn")
    assert ask(desk, RAIN, at=1800) == (RAINY, ASKED)
    assert ask(desk, RAIN, at=1900, place="Bonn") == ("Bonn: 21 °C, no umbrella needed", [])


def test_no_forecast_later() -> None:
    desk = TravelDesk()
    ask(desk, SUN)
    assert ask(desk, NoForecast(), at=2000)[0] == "Ulm: no forecast, pack for any weather"


def test_no_forecast() -> None:
    desk = TravelDesk()
    assert ask(desk, NoForecast())[0] == "Ulm: no forecast, pack for any weather"
    assert ask(desk, SUN) == (SUNNY, ASKED)


def test_service_down() -> None:
    desk = TravelDesk()
    ask(desk, SUN)
    with pytest.raises(ServiceDown):
        ask(desk, ServiceDown(), at=1800)
    assert ask(desk, RAIN, at=1801) == (RAINY, ASKED)


def test_service_down_at_first() -> None:
    with pytest.raises(ServiceDown):
        ask(TravelDesk(), ServiceDown())
