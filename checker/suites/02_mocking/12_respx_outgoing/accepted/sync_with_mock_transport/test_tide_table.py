import asyncio
from datetime import date, datetime, timezone

import httpx
import pytest

from tide_table import TidesUnavailable, TideTable, UnknownStation


def run(*answers, station="A & B"):
    """Returns the result or the error, the requests, and whether the client was left open."""
    answers = iter(answers)
    requests = []

    def handler(request):
        requests.append(request)
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def main():
        wire = httpx.MockTransport(handler)
        async with httpx.AsyncClient(transport=wire, timeout=None) as client:
            table = TideTable(client, token="xyz")
            try:
                result = await table.high_waters(station, date(2023, 12, 24))
            except Exception as error:
                result = error
            return result, requests, not client.is_closed

    return asyncio.run(main())


def extremes(*kinds):
    return httpx.Response(
        200,
        json={
            "extremes": [
                {"type": kind, "time": f"2023-12-24T0{n}:30:00+00:00", "height_m": n + 0.5}
                for n, kind in enumerate(kinds)
            ]
        },
    )


def test_order_of_the_answer():
    late = {"type": "high", "time": "2023-12-24T20:00:00+00:00", "height_m": 2.0}
    early = late | {"time": "2023-12-24T08:00:00+00:00"}
    waters, _, _ = run(httpx.Response(200, json={"extremes": [late, early]}))
    assert [water.at.hour for water in waters] == [20, 8]


def test_unknown_when_asked_again():
    error, requests, is_open = run(httpx.ReadTimeout("z"), httpx.Response(404))
    assert type(error) is UnknownStation
    assert len(requests) == 2
    assert is_open


def check(request):
    assert request.method == "GET"
    assert str(request.url) in {
        "https://tides.example/v2/extremes?station=A+%26+B&date=2023-12-24",
        "https://tides.example/v2/extremes?date=2023-12-24&station=A+%26+B",
        "https://tides.example/v2/extremes?station=A%20%26%20B&date=2023-12-24",
        "https://tides.example/v2/extremes?date=2023-12-24&station=A%20%26%20B",
    }
    assert request.headers["authorization"] == "Bearer xyz"
    limits = request.extensions["timeout"]
    assert [limits[key] for key in ("connect", "read", "write", "pool")] == [3] * 4


def test_result():
    waters, [request], is_open = run(extremes("low", "high", "low", "high"))
    assert [(w.at, w.metres) for w in waters] == [
        (datetime(2023, 12, 24, 1, 30, tzinfo=timezone.utc), 1.5),
        (datetime(2023, 12, 24, 3, 30, tzinfo=timezone.utc), 3.5),
    ]
    check(request)
    assert is_open


@pytest.mark.parametrize(
    "make",
    [
        lambda: httpx.Response(503),
        lambda: httpx.PoolTimeout("x"),
        lambda: httpx.ConnectError("y"),
        lambda: httpx.RemoteProtocolError("z"),
    ],
    ids=["503", "timeout", "refused", "hung-up"],
)
def test_again(make):
    waters, requests, _ = run(make(), extremes("high"))
    assert len(waters) == 1
    assert len(requests) == 2
    for request in requests:
        check(request)
    error, requests, is_open = run(make(), make())
    assert type(error) is TidesUnavailable
    assert len(requests) == 2
    assert is_open


@pytest.mark.parametrize("status", [201, 204, 302, 400, 404, 500])
def test_final(status):
    error, requests, _ = run(httpx.Response(status, json={"extremes": []}))
    assert type(error) is (UnknownStation if status == 404 else TidesUnavailable)
    assert len(requests) == 1
