"""High waters for a harbour's notice board, from a tide service on the network."""

from dataclasses import dataclass
from datetime import date, datetime

import httpx

_URL = "https://tides.example/v2/extremes"
_TIMEOUT_S = 3.0


@dataclass(frozen=True, slots=True)
class HighWater:
    """When the water is highest, and how high above chart datum."""

    at: datetime
    metres: float


class UnknownStation(Exception):
    """The tide service has no station of this name."""


class TidesUnavailable(Exception):
    """The tide service cannot be reached, or gives no proper answer."""


class TideTable:
    """Asks the tide service, over a client that belongs to the caller."""

    def __init__(self, client: httpx.AsyncClient, *, token: str) -> None:
        self._client = client
        self._token = token

    async def high_waters(self, station: str, day: date) -> list[HighWater]:
        """The high waters of a day. Raises UnknownStation and TidesUnavailable."""
        response = await self._ask(station, day)
        if response is None:
            response = await self._ask(station, day)
        if response is None:
            raise TidesUnavailable
        if response.status_code == 404:
            raise UnknownStation
        if response.status_code != 200:
            raise TidesUnavailable
        return [
            HighWater(datetime.fromisoformat(extreme["time"]), extreme["height_m"])
            for extreme in response.json()["extremes"]
            if extreme["type"] == "high"
        ]

    async def _ask(self, station: str, day: date) -> httpx.Response | None:
        """The service's answer, or None when it might answer if asked again."""
        try:
            response = await self._client.get(
                _URL,
                params={"station": station, "date": day.isoformat()},
                headers={"Authorization": f"Bearer {self._token}"},
                timeout=_TIMEOUT_S,
            )
        except httpx.TransportError:
            return None
        return None if response.status_code == 503 else response
