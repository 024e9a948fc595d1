from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import httpx
import pytest
import pytest_asyncio
import respx

from tide_table import HighWater, TidesUnavailable, TideTable, UnknownStation

pytestmark = pytest.mark.asyncio

URL = "https://tides.example/v2/extremes"
STATION = "Rhine & Maas"
DAY = date(2025, 3, 1)
HIGH = {"type": "high", "time": "2025-03-01T04:12:00+00:00", "height_m": 5.2}
LOW = HIGH | {"type": "low"}
EVENING = HIGH | {"time": "2025-03-01T16:40:00+00:00"}
WATER = HighWater(datetime(2025, 3, 1, 4, 12, tzinfo=UTC), 5.2)
WATER_2 = HighWater(datetime(2025, 3, 1, 16, 40, tzinfo=UTC), 5.2)
QUERY = {"station": STATION, "date": "2025-03-01"}
HEADERS = {"Authorization": "Bearer secret"}


@pytest_asyncio.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(verify=False) as client:
        yield client


@pytest.fixture
def table(client: httpx.AsyncClient) -> TideTable:
    return TideTable(client, token="secret")


@respx.mock
async def test_request_and_answer(table: TideTable, client: httpx.AsyncClient) -> None:
    route = respx.get(URL, params=QUERY, headers=HEADERS)
    route.respond(json={"extremes": [EVENING, LOW, HIGH]})

    assert await table.high_waters(STATION, DAY) == [WATER_2, WATER]

    assert dict(route.calls.last.request.url.params) == QUERY
    assert route.calls.last.request.extensions["timeout"] == httpx.Timeout(3).as_dict()
    assert not client.is_closed


@respx.mock
@pytest.mark.parametrize(
    "error", [httpx.ReadTimeout, httpx.ConnectError, httpx.RemoteProtocolError]
)
async def test_a_lost_request_is_tried_again(table: TideTable, error: type[Exception]) -> None:
    route = respx.get(URL, params=QUERY, headers=HEADERS)
    route.side_effect = [error, httpx.Response(200, json={"extremes": [HIGH]})]

    assert await table.high_waters(STATION, DAY) == [WATER]

    assert route.calls[1].request.extensions["timeout"] == httpx.Timeout(3).as_dict()


@respx.mock
async def test_a_503_is_tried_again(table: TideTable) -> None:
    respx.get(URL, params=QUERY, headers=HEADERS).respond(503)
    respx.get(URL, params=QUERY, headers=HEADERS).respond(json={"extremes": [HIGH]})

    assert await table.high_waters(STATION, DAY) == [WATER]


@respx.mock
@pytest.mark.parametrize("second", [503, 0])
async def test_there_is_no_third_try(
    table: TideTable, client: httpx.AsyncClient, second: int
) -> None:
    route = respx.get(URL)
    trouble = httpx.Response(second) if second else httpx.ReadTimeout
    route.side_effect = [httpx.ReadTimeout, trouble]

    with pytest.raises(TidesUnavailable):
        await table.high_waters(STATION, DAY)

    assert route.call_count == 2
    assert not client.is_closed


@respx.mock
async def test_the_second_answer_counts(table: TideTable) -> None:
    respx.get(URL).side_effect = [httpx.ReadTimeout, httpx.Response(404)]

    with pytest.raises(UnknownStation):
        await table.high_waters(STATION, DAY)


@respx.mock
@pytest.mark.parametrize("status", [201, 404, 500])
async def test_other_answers_are_final(table: TideTable, status: int) -> None:
    route = respx.get(URL).respond(status, json={"extremes": []})

    with pytest.raises(UnknownStation if status == 404 else TidesUnavailable):
        await table.high_waters(STATION, DAY)

    assert route.call_count == 1
