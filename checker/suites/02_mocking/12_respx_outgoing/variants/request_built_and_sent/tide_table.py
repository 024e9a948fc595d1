"""High waters for a harbour's notice board, from a tide service on the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
        self.client = client
        self.headers = {"authorization": f"Bearer {token}", "accept": "application/json"}

    async def high_waters(self, station: str, day: date) -> list[HighWater]:
        """The high waters of a day. Raises UnknownStation and TidesUnavailable."""
        query = httpx.QueryParams(date=f"{day:%Y-%m-%d}", station=station)
        request = self.client.build_request(
            "GET", f"{_URL}?{query}", headers=self.headers, timeout=httpx.Timeout(_TIMEOUT_S)
        )
        attempts = 2
        while attempts:
            attempts -= 1
            try:
                response = await self.client.send(request)
            except httpx.TransportError:
                continue
            match response.status_code:
                case 200:
                    return list(_high_waters(response.json()))
                case 404:
                    raise UnknownStation(station)
                case 503:
                    continue
                case status:
                    raise TidesUnavailable(f"status {status}")
        raise TidesUnavailable("no answer")


def _high_waters(answer: dict[str, list[dict[str, Any]]]) -> Iterator[HighWater]:
    for extreme in answer["extremes"]:
        if extreme["type"] != "high":
            continue
        yield HighWater(at=datetime.fromisoformat(extreme["time"]), metres=extreme["height_m"])
