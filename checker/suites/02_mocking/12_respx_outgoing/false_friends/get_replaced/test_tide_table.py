from datetime import UTC, date, datetime
from unittest.mock import AsyncMock

import httpx
import pytest

from tide_table import HighWater, TidesUnavailable, TideTable, UnknownStation

pytestmark = pytest.mark.asyncio

DAY = date(2025, 3, 1)
HIGH = {"type": "high", "time": "2025-03-01T04:12:00+00:00", "height_m": 5.2, "height_ft": 17.1}
LOW = HIGH | {"type": "low"}
EVENING = HIGH | {"time": "2025-03-01T16:40:00+00:00", "height_m": 4.9}


@pytest.fixture
def client() -> AsyncMock:
    return AsyncMock(spec=httpx.AsyncClient)


async def test_the_arguments_of_get(client: AsyncMock) -> None:
    client.get.return_value = httpx.Response(200, json={"extremes": [EVENING, LOW, HIGH]})

    waters = await TideTable(client, token="secret").high_waters("Rhine & Maas", DAY)

    assert waters == [
        HighWater(datetime(2025, 3, 1, 16, 40, tzinfo=UTC), 4.9),
        HighWater(datetime(2025, 3, 1, 4, 12, tzinfo=UTC), 5.2),
    ]
    client.get.assert_awaited_once_with(
        "https://tides.example/v2/extremes",
        params={"station": "Rhine & Maas", "date": "2025-03-01"},
        headers={"Authorization": "Bearer secret"},
        timeout=3.0,
    )
    client.aclose.assert_not_called()


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(503),
        httpx.ReadTimeout("-"),
        httpx.ConnectError("-"),
        httpx.RemoteProtocolError("-"),
    ],
)
async def test_second_try(client: AsyncMock, first: object) -> None:
    client.get.side_effect = [first, httpx.Response(200, json={"extremes": [HIGH]})]

    waters = await TideTable(client, token="secret").high_waters("Brest", DAY)

    assert len(waters) == 1
    assert client.get.await_args_list[0] == client.get.await_args_list[1]


@pytest.mark.parametrize("first", [httpx.Response(503), httpx.ReadTimeout("no answer")])
async def test_no_third_try(client: AsyncMock, first: object) -> None:
    client.get.side_effect = [first, first]

    with pytest.raises(TidesUnavailable):
        await TideTable(client, token="secret").high_waters("Brest", DAY)

    client.aclose.assert_not_called()


async def test_unknown_at_second_try(client: AsyncMock) -> None:
    client.get.side_effect = [httpx.Response(503), httpx.Response(404)]

    with pytest.raises(UnknownStation):
        await TideTable(client, token="secret").high_waters("Brest", DAY)


@pytest.mark.parametrize(
    ("status", "error"), [(404, UnknownStation), (201, TidesUnavailable), (500, TidesUnavailable)]
)
async def test_final(client: AsyncMock, status: int, error: type[Exception]) -> None:
    client.get.return_value = httpx.Response(status, json={"extremes": []})

    with pytest.raises(error):
        await TideTable(client, token="secret").high_waters("Brest", DAY)

    assert client.get.await_count == 1
