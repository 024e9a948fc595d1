"""Which requests the tide table sends, and what it makes of the answers."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime

import httpx
import pytest
import pytest_asyncio

from tide_table import HighWater, TidesUnavailable, TideTable, UnknownStation

DAY = date(2025, 3, 1)
HIGH = {
    "type": "high",
    "time": "2025-03-01T04:12:00+00:00",
    "time_local": "2025-03-01T05:12:00",
    "height_m": 5.2,
    "height_ft": 17.1,
}
LOW = HIGH | {"type": "low", "time": "2025-03-01T10:31:00+00:00", "height_m": 0.8}
EVENING = HIGH | {"time": "2025-03-01T16:40:00+00:00", "height_m": 4.9}


Answer = list[dict[str, object]] | int | type[httpx.TransportError]


class TideService:
    """The other end of the wire: keeps every request, and gives its answers in turn.

    An answer is a list of extremes, a status, or an error of the network.
    """

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.answers: list[Answer] = []

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        assert self.answers, "one request too many"
        answer = self.answers.pop(0)
        if isinstance(answer, list):
            return httpx.Response(200, json={"extremes": answer})
        if isinstance(answer, int):
            return httpx.Response(answer, json={"extremes": [HIGH]})
        raise answer("out of order")


@pytest.fixture
def service() -> TideService:
    return TideService()


@pytest_asyncio.fixture
async def client(service: TideService) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.MockTransport(service.handle)) as client:
        yield client


@pytest.fixture
def table(client: httpx.AsyncClient) -> TideTable:
    return TideTable(client, token="secret")


@pytest.mark.asyncio
async def test_the_high_waters_come_back_in_metres_and_utc(
    service: TideService, table: TideTable
) -> None:
    service.answers = [[EVENING, LOW, HIGH]]

    waters = await table.high_waters("Brest", DAY)

    assert waters == [
        HighWater(datetime(2025, 3, 1, 16, 40, tzinfo=UTC), 4.9),
        HighWater(datetime(2025, 3, 1, 4, 12, tzinfo=UTC), 5.2),
    ]


@pytest.mark.asyncio
async def test_the_request_names_station_day_and_caller_and_has_a_timeout(
    service: TideService, table: TideTable
) -> None:
    service.answers = [[]]

    await table.high_waters("Rhine & Maas", DAY)

    [request] = service.requests
    assert request.method == "GET"
    assert request.url.copy_with(query=None) == "https://tides.example/v2/extremes"
    assert dict(request.url.params) == {"station": "Rhine & Maas", "date": "2025-03-01"}
    assert request.headers["Authorization"] == "Bearer secret"
    assert request.extensions["timeout"] == {"connect": 3, "read": 3, "write": 3, "pool": 3}


OUT_OF_ORDER = [
    pytest.param(503, id="status-503"),
    pytest.param(httpx.ReadTimeout, id="timeout"),
    pytest.param(httpx.ConnectError, id="no-connection"),
    pytest.param(httpx.RemoteProtocolError, id="hung-up"),
]


@pytest.mark.asyncio
@pytest.mark.parametrize("first", OUT_OF_ORDER)
async def test_the_same_request_is_sent_once_more(
    service: TideService, table: TideTable, first: Answer
) -> None:
    service.answers = [first, [HIGH]]

    waters = await table.high_waters("Brest", DAY)

    assert [water.metres for water in waters] == [5.2]
    one, two = service.requests
    assert (one.method, one.url, one.headers) == (two.method, two.url, two.headers)
    assert one.extensions["timeout"] == two.extensions["timeout"]


@pytest.mark.asyncio
@pytest.mark.parametrize("second", OUT_OF_ORDER)
async def test_there_is_no_third_request(
    service: TideService, table: TideTable, second: Answer
) -> None:
    service.answers = [503, second]

    with pytest.raises(TidesUnavailable):
        await table.high_waters("Brest", DAY)

    assert len(service.requests) == 2


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("status", "error"),
    [(404, UnknownStation), (201, TidesUnavailable), (500, TidesUnavailable)],
)
async def test_other_answers_are_final(
    service: TideService, table: TideTable, status: int, error: type[Exception]
) -> None:
    service.answers = [status]

    with pytest.raises(error):
        await table.high_waters("Brest", DAY)

    assert len(service.requests) == 1


@pytest.mark.asyncio
async def test_the_second_answer_may_be_that_there_is_no_such_station(
    service: TideService, table: TideTable
) -> None:
    service.answers = [503, 404]

    with pytest.raises(UnknownStation):
        await table.high_waters("Brest", DAY)


@pytest.mark.asyncio
async def test_the_client_stays_open_after_an_error(
    service: TideService, table: TideTable, client: httpx.AsyncClient
) -> None:
    service.answers = [503, 503]

    with pytest.raises(TidesUnavailable):
        await table.high_waters("Brest", DAY)

    assert not client.is_closed


@pytest.mark.asyncio
async def test_the_client_stays_open(
    service: TideService, table: TideTable, client: httpx.AsyncClient
) -> None:
    service.answers = [[HIGH]]

    await table.high_waters("Brest", DAY)

    assert not client.is_closed
