from datetime import UTC, datetime
from unittest.mock import ANY, patch

import pytest

from greenhouse_service import NoSuchSensor, Reading, SensorService, ServiceDown

pytestmark = pytest.mark.anyio
URL = "/sensors/Bed4/readings"
ONE = Reading(at=datetime(2029, 12, 31, 23, 59, tzinfo=UTC), celsius=8.5, humidity=77)
ONE_BODY = {"at": "2029-12-31T23:59:00Z", "celsius": 8.5, "humidity": 77}
TWO = Reading(at=datetime(2029, 12, 31, 22, 0, tzinfo=UTC), celsius=9.0, humidity=70)
TWO_BODY = {"at": "2029-12-31T22:00:00Z", "celsius": 9.0, "humidity": 70}


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
def readings():
    with patch.object(SensorService, "readings", autospec=True, return_value=[ONE, TWO]) as mock:
        yield mock


@pytest.fixture
def record():
    with patch.object(SensorService, "record", autospec=True, return_value=ONE) as mock:
        yield mock


class TestGet:
    async def test_default(self, client, readings):
        response = await client.get(URL)
        assert response.status_code == 200
        assert response.json() == {"sensor": "Bed4", "readings": [ONE_BODY, TWO_BODY], "next": None}
        readings.assert_awaited_once_with(ANY, "Bed4", limit=50, offset=0)

    async def test_paging(self, client, readings):
        response = await client.get(URL + "?offset=30&limit=2")
        assert response.json()["next"] == 32
        readings.assert_awaited_once_with(ANY, "Bed4", limit=2, offset=30)

    @pytest.mark.parametrize("limit", [1, 100])
    async def test_allowed(self, client, readings, limit):
        readings.return_value = []
        response = await client.get(URL, params={"limit": limit})
        assert response.json() == {"sensor": "Bed4", "readings": [], "next": None}
        readings.assert_awaited_once_with(ANY, "Bed4", limit=limit, offset=0)

    @pytest.mark.parametrize("params", [{"limit": 0}, {"limit": 101}, {"offset": -1}])
    async def test_not_allowed(self, client, readings, params):
        response = await client.get(URL, params=params)
        assert response.status_code == 422
        readings.assert_not_called()

    async def test_zero_is_an_offset(self, client, readings):
        response = await client.get(URL, params={"offset": 0})
        assert response.status_code == 200

    async def test_unknown(self, client, readings):
        readings.side_effect = NoSuchSensor("Bed4")
        response = await client.get(URL)
        assert response.status_code == 404
        assert response.json() == {"detail": "No such sensor"}

    async def test_down(self, client, readings):
        readings.side_effect = ServiceDown("SELECT * FROM measurements")
        check_down(await client.get(URL))


class TestPost:
    async def test_records(self, client, record):
        response = await client.post(URL, json={"celsius": -3.5, "humidity": 5})
        assert response.status_code == 201
        assert response.json() == ONE_BODY
        record.assert_awaited_once_with(ANY, "Bed4", celsius=-3.5, humidity=5)

    async def test_unknown(self, client, record):
        record.side_effect = NoSuchSensor
        response = await client.post(URL, json={"celsius": 1, "humidity": 5})
        assert response.status_code == 404
        assert response.json() == {"detail": "No such sensor"}

    async def test_down(self, client, record):
        record.side_effect = ServiceDown("SELECT * FROM measurements")
        check_down(await client.post(URL, json={"celsius": 1, "humidity": 5}))


def check_down(response):
    assert response.status_code == 503
    assert response.json() == {"detail": "Try again later"}
    assert response.headers["Retry-After"] == "30"
    assert "measurements" not in str(response.headers)
