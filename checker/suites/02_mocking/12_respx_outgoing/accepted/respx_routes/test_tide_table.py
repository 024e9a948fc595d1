from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime

import httpx
import pytest
import pytest_asyncio
import respx

from tide_table import HighWater, TidesUnavailable, TideTable, UnknownStation

pytestmark = pytest.mark.asyncio

ANSWER = {
    "extremes": [
        {"type": "low", "time": "2024-11-05T01:02:00+00:00", "height_m": 0.3, "height_ft": 1.0},
        {"type": "high", "time": "2024-11-05T19:30:00+00:00", "height_m": 5.9, "height_ft": 19.4},
        {"type": "high", "time": "2024-11-05T07:00:00+00:00", "height_m": 6.1, "height_ft": 20.0},
    ]
}


@pytest.fixture
def router() -> Iterator[respx.MockRouter]:
    with respx.mock(base_url="https://tides.example") as router:
        yield router


@pytest.fixture
def route(router: respx.MockRouter) -> respx.Route:
    return router.get(
        "/v2/extremes",
        params={"station": "Saint-Malo & Dinard", "date": "2024-11-05"},
        headers={"Authorization": "Bearer t0ken"},
    )


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=60, verify=False) as client:
        yield client


async def ask(client: httpx.AsyncClient) -> list[HighWater]:
    table = TideTable(client, token="t0ken")
    return await table.high_waters("Saint-Malo & Dinard", date(2024, 11, 5))


async def test_answer(route: respx.Route, client: httpx.AsyncClient) -> None:
    route.respond(json=ANSWER)
    assert await ask(client) == [
        HighWater(datetime(2024, 11, 5, 19, 30, tzinfo=UTC), 5.9),
        HighWater(datetime(2024, 11, 5, 7, 0, tzinfo=UTC), 6.1),
    ]
    assert route.call_count == 1
    assert len(route.calls.last.request.url.params) == 2
    assert set(route.calls.last.request.extensions["timeout"].values()) == {3.0}
    assert not client.is_closed


@pytest.mark.parametrize(
    "trouble", [503, httpx.ConnectTimeout, httpx.ReadError, httpx.RemoteProtocolError]
)
async def test_second_try(route: respx.Route, client: httpx.AsyncClient, trouble) -> None:
    first = httpx.Response(trouble) if isinstance(trouble, int) else trouble
    route.side_effect = [first, httpx.Response(200, json=ANSWER)]
    assert len(await ask(client)) == 2
    assert route.call_count == 2
    assert route.calls[1].request.extensions["timeout"]["read"] == 3


@pytest.mark.parametrize("trouble", [503, httpx.ConnectTimeout])
async def test_gives_up(route: respx.Route, client: httpx.AsyncClient, trouble) -> None:
    if trouble == 503:
        route.respond(503)
    else:
        route.side_effect = trouble
    with pytest.raises(TidesUnavailable):
        await ask(client)
    assert route.call_count == 2
    assert not client.is_closed


@pytest.mark.parametrize("status", [201, 400, 401, 403, 404, 410, 429, 500, 502, 504])
async def test_status(route: respx.Route, client: httpx.AsyncClient, status: int) -> None:
    route.respond(status, json=ANSWER)
    with pytest.raises(UnknownStation if status == 404 else TidesUnavailable):
        await ask(client)
    assert route.call_count == 1


async def test_unknown_at_second_try(route: respx.Route, client: httpx.AsyncClient) -> None:
    route.side_effect = [httpx.Response(503), httpx.Response(404)]
    with pytest.raises(UnknownStation):
        await ask(client)
