from datetime import date

import httpx
import pytest

from tide_table import TidesUnavailable, TideTable, UnknownStation

pytestmark = pytest.mark.asyncio


async def sent(status: int = 200) -> httpx.Request:
    """The request that left."""
    requests: list[httpx.Request] = []

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        return httpx.Response(status, json={"extremes": []})

    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client:
        await TideTable(client, token="secret").high_waters("Brest", date(2025, 3, 1))
    return requests[0]


async def test_the_date() -> None:
    assert (await sent()).url.params["date"] == "2025-03-01"


async def test_some_authorization() -> None:
    assert "Authorization" in (await sent()).headers


async def test_the_token() -> None:
    assert "secret" in (await sent()).headers["Authorization"].split()


async def test_the_scheme() -> None:
    assert (await sent()).headers.get("Authorization", "Bearer").startswith("Bearer")


async def test_some_timeout() -> None:
    assert (await sent()).extensions["timeout"]["read"] is not None


async def test_as_in_the_answer() -> None:
    extremes = [
        {"type": "high", "time": f"2025-03-01T{hour}:00:00+00:00", "height_m": hour}
        for hour in (10, 12)
    ]
    answer = httpx.Response(200, json={"extremes": extremes})
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda _: answer)) as client:
        waters = await TideTable(client, token="secret").high_waters("Brest", date(2025, 3, 1))
    assert waters[0].metres == 10


async def asked_twice() -> list[httpx.QueryParams]:
    """The queries of two requests."""
    queries: list[httpx.QueryParams] = []

    def handler(request: httpx.Request) -> httpx.Response:
        queries.append(request.url.params)
        return httpx.Response(503 if len(queries) == 1 else 200, json={"extremes": []})

    async with httpx.AsyncClient(transport=httpx.MockTransport(handler)) as client:
        await TideTable(client, token="secret").high_waters("Brest", date(2025, 3, 1))
    return queries


async def test_the_date_again() -> None:
    assert len({query["date"] for query in await asked_twice()}) == 1


async def test_the_station_again() -> None:
    assert len({query["station"] for query in await asked_twice()}) == 1


async def test_some_error() -> None:
    with pytest.raises((TidesUnavailable, UnknownStation)):
        await sent(404)
