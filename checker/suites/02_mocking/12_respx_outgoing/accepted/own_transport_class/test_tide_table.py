import json
from datetime import UTC, date, datetime

import httpx
import pytest

from tide_table import HighWater, TidesUnavailable, TideTable, UnknownStation


class Wire(httpx.AsyncBaseTransport):
    """Checks every request, and answers by a list of (status, body); None is a broken line."""

    def __init__(self, *answers: tuple[int, object] | None) -> None:
        self.answers = list(answers)
        self.sent = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.sent += 1
        assert (request.method, request.url.host, request.url.path) == (
            "GET",
            "tides.example",
            "/v2/extremes",
        )
        assert sorted(request.url.params.multi_items()) == [
            ("date", "2025-10-02"),
            ("station", "Q & A"),
        ]
        assert request.url.scheme == "https"
        assert request.headers["authorization"] == "Bearer abc"
        assert request.extensions["timeout"] == httpx.Timeout(3).as_dict()
        answer = self.answers[self.sent - 1]
        if answer is None:
            raise httpx.RemoteProtocolError("hung up", request=request)
        return httpx.Response(answer[0], content=json.dumps(answer[1]).encode())


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestHighWaters:
    async def ask(self, wire: Wire) -> list[HighWater]:
        async with httpx.AsyncClient(transport=wire) as client:
            table = TideTable(client, token="abc")
            try:
                return await table.high_waters("Q & A", date(2025, 10, 2))
            finally:
                assert client.is_closed is False

    BODY = {
        "extremes": [
            {"type": "high", "time": "2025-10-02T00:00:00+00:00", "height_m": 2.0},
            {"type": "low", "time": "2025-10-02T06:00:00+00:00", "height_m": 1.0},
            {"type": "high", "time": "2025-10-02T12:00:00+00:00", "height_m": 2.1},
            {"type": "high", "time": "2025-10-02T11:00:00+00:00", "height_m": 2.1},
        ]
    }

    @pytest.mark.parametrize(
        "before", [pytest.param([], id="at-once"), [(503, {})], [None]], ids=str
    )
    async def test_answer(self, before: list[tuple[int, object] | None]) -> None:
        wire = Wire(*before, (200, self.BODY))
        assert await self.ask(wire) == [
            HighWater(datetime(2025, 10, 2, tzinfo=UTC), 2.0),
            HighWater(datetime(2025, 10, 2, 12, tzinfo=UTC), 2.1),
            HighWater(datetime(2025, 10, 2, 11, tzinfo=UTC), 2.1),
        ]
        assert wire.sent == 1 + len(before)

    @pytest.mark.parametrize("first", [None, (503, {})])
    @pytest.mark.parametrize("second", [None, (503, {})])
    async def test_no_answer(self, first: object, second: object) -> None:
        wire = Wire(first, second, (200, self.BODY))
        with pytest.raises(TidesUnavailable):
            await self.ask(wire)
        assert wire.sent == 2

    async def test_unknown(self) -> None:
        with pytest.raises(UnknownStation):
            await self.ask(Wire((404, self.BODY), (200, self.BODY)))

    async def test_unknown_in_the_end(self) -> None:
        with pytest.raises(UnknownStation):
            await self.ask(Wire(None, (404, self.BODY)))

    @pytest.mark.parametrize(
        "error", [httpx.WriteTimeout, httpx.ConnectError, httpx.RemoteProtocolError]
    )
    async def test_every_error_of_the_network(self, error: type[httpx.TransportError]) -> None:
        class Broken(Wire):
            async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
                if self.sent:
                    return await super().handle_async_request(request)
                self.sent += 1
                raise error("broken", request=request)

        assert len(await self.ask(Broken((0, {}), (200, self.BODY)))) == 3

    @pytest.mark.parametrize("status", [201, 401, 500])
    async def test_refused(self, status: int) -> None:
        wire = Wire((status, self.BODY), (200, self.BODY))
        with pytest.raises(TidesUnavailable):
            await self.ask(wire)
        assert wire.sent == 1
