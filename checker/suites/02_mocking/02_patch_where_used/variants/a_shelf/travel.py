"""What to pack for tomorrow, by the forecast for the place that one travels to."""

from dataclasses import dataclass, field

from forecast import Forecast, NoForecast, fetch_forecast
from travel_clock import now


@dataclass(frozen=True)
class _Question:
    place: str
    units: str

    async def ask(self) -> Forecast | None:
        """What the service says, or None when it has no forecast."""
        try:
            return await fetch_forecast(self.place, units=self.units)
        except NoForecast:
            return None

    def reply(self, forecast: Forecast | None) -> str:
        if forecast is None:
            return self.place + ": no forecast, pack for any weather"
        unit = {"imperial": "F"}.get(self.units, "C")
        wet = not forecast.rain < 50
        what = ("no umbrella needed", "take an umbrella")[wet]
        return "{}: {} °{}, {}".format(self.place, forecast.temperature, unit, what)


@dataclass
class _Shelf:
    """Forecasts by question, those that are too old swept out at each look."""

    best_before_s: int = 1800
    items: dict[_Question, tuple[Forecast, float]] = field(default_factory=dict)

    def sweep(self) -> None:
        time = now()
        self.items = {
            question: (forecast, since)
            for question, (forecast, since) in self.items.items()
            if time - since < self.best_before_s
        }


class TravelDesk:
    """Gives advice, and keeps each forecast for a while: the service counts its questions."""

    def __init__(self) -> None:
        self._shelf = _Shelf()

    async def advice(self, place: str, *, units: str) -> str:
        """One line on what to pack for `place`, its degrees in `units`: metric or imperial."""
        question = _Question(place, units)
        self._shelf.sweep()
        if question in self._shelf.items:
            return question.reply(self._shelf.items[question][0])
        forecast = await question.ask()
        if forecast is not None:
            self._shelf.items[question] = (forecast, now())
        return question.reply(forecast)
