"""What to pack for tomorrow, by the forecast for the place that one travels to."""

from dataclasses import dataclass

from forecast import Forecast, NoForecast, fetch_forecast
from travel_clock import now

KEEP_S = 1800
RAINY = 50
DEGREES = {"metric": "°C", "imperial": "°F"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """A forecast, and when it was fetched."""

    forecast: Forecast
    since: float


class TravelDesk:
    """Gives advice, and keeps each forecast for a while: the service counts its questions."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], _Kept] = {}

    async def advice(self, place: str, *, units: str) -> str:
        """One line on what to pack for `place`, its degrees in `units`: metric or imperial."""
        try:
            forecast = await self._forecast(place, units)
        except NoForecast:
            return f"{place}: no forecast, pack for any weather"
        umbrella = "take an umbrella" if forecast.rain >= RAINY else "no umbrella needed"
        return f"{place}: {forecast.temperature} {DEGREES[units]}, {umbrella}"

    async def _forecast(self, place: str, units: str) -> Forecast:
        kept = self._kept.get((place, units))
        if kept is not None and now() - kept.since < KEEP_S:
            return kept.forecast
        forecast = await fetch_forecast(place, units=units)
        self._kept[place, units] = _Kept(forecast, now())
        return forecast
