"""Each case is a day at the desk: what happens, and what the visitor hears."""

import pytest

import forecast
from forecast import Forecast
from travel import TravelDesk

HOT = Forecast(35, rain=0)
COLD = Forecast(1, rain=70)
GONE = forecast.NoForecast()
DOWN = forecast.ServiceDown()

# (time, place, units, what the service would say, what is heard; "=" where it must not be asked)
DAYS = {
    "asked-again-when-old": [
        (0, "Faro", "metric", HOT, "Faro: 35 °C, no umbrella needed"),
        (0, "Faro", "metric", COLD, "=Faro: 35 °C, no umbrella needed"),
        (1799, "Faro", "metric", COLD, "=Faro: 35 °C, no umbrella needed"),
        (1800, "Faro", "metric", COLD, "Faro: 1 °C, take an umbrella"),
        (1801, "Faro", "metric", HOT, "=Faro: 1 °C, take an umbrella"),
    ],
    "by-place-and-units": [
        (0, "Faro", "metric", HOT, "Faro: 35 °C, no umbrella needed"),
        (0, "Riga", "metric", COLD, "Riga: 1 °C, take an umbrella"),
        (0, "Faro", "imperial", Forecast(95, rain=50), "Faro: 95 °F, take an umbrella"),
        (1, "Faro", "metric", COLD, "=Faro: 35 °C, no umbrella needed"),
        (1, "Riga", "metric", HOT, "=Riga: 1 °C, take an umbrella"),
    ],
    "ages-apart": [
        (0, "Faro", "metric", HOT, "Faro: 35 °C, no umbrella needed"),
        (1000, "Riga", "metric", COLD, "Riga: 1 °C, take an umbrella"),
        (1800, "Faro", "metric", COLD, "Faro: 1 °C, take an umbrella"),
        (1800, "Riga", "metric", HOT, "=Riga: 1 °C, take an umbrella"),
    ],
    "no-forecast-any-more": [
        (0, "Faro", "metric", HOT, "Faro: 35 °C, no umbrella needed"),
        (1800, "Faro", "metric", GONE, "Faro: no forecast, pack for any weather"),
    ],
    "no-forecast": [
        (0, "Faro", "imperial", GONE, "Faro: no forecast, pack for any weather"),
        (1, "Faro", "imperial", Forecast(95, rain=49), "Faro: 95 °F, no umbrella needed"),
    ],
    "service-down": [
        (0, "Faro", "metric", DOWN, DOWN),
        (0, "Faro", "metric", HOT, "Faro: 35 °C, no umbrella needed"),
        (9000, "Faro", "metric", DOWN, DOWN),
        (9000, "Faro", "metric", COLD, "Faro: 1 °C, take an umbrella"),
    ],
}


@pytest.mark.asyncio
@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS.keys())
async def test_a_day(day: list, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = TravelDesk()
    for time, place, units, reply, heard in day:
        questions = []

        async def fetch(place: str, units: str, reply=reply, questions=questions) -> Forecast:
            questions.append((place, units))
            if isinstance(reply, Exception):
                raise reply
            return reply

        monkeypatch.setattr("travel.fetch_forecast", fetch)
        monkeypatch.setattr("travel.now", lambda time=time: time)

        try:
            got = await desk.advice(place, units=units)
        except forecast.ServiceDown as error:
            got = error

        asked = [] if isinstance(heard, str) and heard.startswith("=") else [(place, units)]
        assert questions == asked
        assert got == (heard.lstrip("=") if isinstance(heard, str) else heard)
