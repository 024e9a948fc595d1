"""High waters for a harbour's notice board, from a tide service on the network."""

import json
from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter

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


class _BearerAuth(httpx.Auth):
    """Adds the token to a request."""

    def __init__(self, token: str) -> None:
        self._value = " ".join(("Bearer", token))

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = self._value
        yield request


class TideTable:
    """Asks the tide service, over a client that belongs to the caller."""

    def __init__(self, client: httpx.AsyncClient, *, token: str) -> None:
        self._client = client
        self._auth = _BearerAuth(token)

    async def high_waters(self, station: str, day: date) -> list[HighWater]:
        """The high waters of a day. Raises UnknownStation and TidesUnavailable."""
        try:
            status, text = await self._read(station, day)
        except httpx.TransportError:
            status, text = 503, b""
        if status == 503:
            try:
                status, text = await self._read(station, day)
            except httpx.TransportError as error:
                raise TidesUnavailable from error
        if status == 200:
            extremes = json.loads(text)["extremes"]
            return [
                HighWater(datetime.fromisoformat(time), metres)
                for kind, time, metres in map(itemgetter("type", "time", "height_m"), extremes)
                if kind == "high"
            ]
        raise UnknownStation if status == 404 else TidesUnavailable

    async def _read(self, station: str, day: date) -> tuple[int, bytes]:
        async with self._client.stream(
            "GET",
            httpx.URL(_URL, params=[("station", station), ("date", str(day))]),
            auth=self._auth,
            timeout=_TIMEOUT_S,
        ) as response:
            return response.status_code, await response.aread()
