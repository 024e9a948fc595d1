"""What to pack for tomorrow, by the forecast for the place that one travels to."""

from forecast import Forecast, NoForecast, fetch_forecast
from travel_clock import now

KEEP_S = 30 * 60


def _line(place: str, *parts: str) -> str:
    return f"{place}: " + ", ".join(parts)


def _umbrella(forecast: Forecast) -> str:
    if forecast.rain < 50:
        return "no umbrella needed"
    return "take an umbrella"


class TravelDesk:
    """Gives advice, and keeps each forecast for a while: the service counts its questions."""

    def __init__(self) -> None:
        self._known: dict[str, dict[str, tuple[float, Forecast]]] = {"metric": {}, "imperial": {}}

    async def advice(self, place: str, *, units: str) -> str:
        """One line on what to pack for `place`, its degrees in `units`: metric or imperial."""
        known = self._known[units]
        time = now()
        if place not in known or time - known[place][0] >= KEEP_S:
            known.pop(place, None)
            try:
                known[place] = (time, await fetch_forecast(place, units=units))
            except NoForecast:
                return _line(place, "no forecast", "pack for any weather")
        _, forecast = known[place]
        match units:
            case "metric":
                degrees = f"{forecast.temperature} °C"
            case _:
                degrees = f"{forecast.temperature} °F"
        return _line(place, degrees, _umbrella(forecast))
