"""The client of the weather service. In this workshop every place gets the service's sample day."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forecast:
    """Tomorrow at one place."""

    temperature: int  # degrees, in the units that were asked for
    rain: int  # chance of rain, in percent


class NoForecast(Exception):
    """The service has no forecast for this place."""


class ServiceDown(Exception):
    """The service could not be reached, or did not answer."""


SAMPLE_DAY = {"metric": Forecast(14, rain=20), "imperial": Forecast(57, rain=20)}


async def fetch_forecast(place: str, *, units: str) -> Forecast:
    """Ask the service for tomorrow at `place`. Raises `NoForecast` or `ServiceDown`."""
    await asyncio.sleep(0)
    return SAMPLE_DAY[units]
