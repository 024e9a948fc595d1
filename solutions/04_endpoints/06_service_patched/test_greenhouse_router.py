"""What the router asks the service, and what it makes of the answers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import AsyncMock, create_autospec

import pytest
from httpx import AsyncClient

import greenhouse_router
from greenhouse_service import NoSuchSensor, Reading, SensorService, ServiceDown

pytestmark = pytest.mark.asyncio

PATH = "/sensors/North-1/readings"
READINGS = [
    Reading(datetime(2031, 5, 5, 9, 30, tzinfo=UTC), 21.5, 64),
    Reading(datetime(2031, 5, 5, 9, 15, tzinfo=UTC), -0.25, 71),
]
BODIES = [
    {"at": "2031-05-05T09:30:00Z", "celsius": 21.5, "humidity": 64},
    {"at": "2031-05-05T09:15:00Z", "celsius": -0.25, "humidity": 71},
]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[AsyncMock]:
    """What the router gets when it makes a service. It refuses what the real one would refuse."""
    service_class = create_autospec(SensorService)
    monkeypatch.setattr(greenhouse_router, "SensorService", service_class)
    service = service_class.return_value
    service.readings.return_value = READINGS
    service.record.return_value = READINGS[1]
    yield service


async def test_a_page_of_readings(client: AsyncClient, service: AsyncMock) -> None:
    response = await client.get(PATH, params={"limit": 3, "offset": 20})

    expected = {"sensor": "North-1", "readings": BODIES, "next": None}
    assert (response.status_code, response.json()) == (200, expected)
    service.readings.assert_awaited_once_with("North-1", limit=3, offset=20)


async def test_a_full_page_has_a_next_one(client: AsyncClient, service: AsyncMock) -> None:
    response = await client.get(PATH, params={"limit": 2, "offset": 5})

    assert response.json() == {"sensor": "North-1", "readings": BODIES, "next": 7}


async def test_the_first_fifty_by_default(client: AsyncClient, service: AsyncMock) -> None:
    response = await client.get(PATH)

    assert response.json()["next"] is None
    service.readings.assert_awaited_once_with("North-1", limit=50, offset=0)


@pytest.mark.parametrize("limit", [1, 100])
async def test_limits_on_the_boundary(client: AsyncClient, service: AsyncMock, limit: int) -> None:
    service.readings.return_value = []

    response = await client.get(PATH, params={"limit": limit, "offset": 0})

    expected = {"sensor": "North-1", "readings": [], "next": None}
    assert (response.status_code, response.json()) == (200, expected)
    service.readings.assert_awaited_once_with("North-1", limit=limit, offset=0)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "offset=-1"])
async def test_the_service_is_spared(client: AsyncClient, service: AsyncMock, query: str) -> None:
    response = await client.get(f"{PATH}?{query}")

    assert response.status_code == 422
    service.readings.assert_not_called()


async def test_a_reading_is_recorded_once(client: AsyncClient, service: AsyncMock) -> None:
    response = await client.post(PATH, json={"celsius": 19.75, "humidity": 58})

    assert (response.status_code, response.json()) == (201, BODIES[1])
    service.record.assert_awaited_once_with("North-1", celsius=19.75, humidity=58)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_sensor(client: AsyncClient, service: AsyncMock, method: str) -> None:
    service.readings.side_effect = service.record.side_effect = NoSuchSensor("North-1")

    response = await client.request(method, PATH, json={"celsius": 19.75, "humidity": 58})

    assert (response.status_code, response.json()) == (404, {"detail": "No such sensor"})


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_service_that_is_down(client: AsyncClient, service: AsyncMock, method: str) -> None:
    secret = "disk I/O error on garden-db-3"
    service.readings.side_effect = service.record.side_effect = ServiceDown(secret)

    response = await client.request(method, PATH, json={"celsius": 19.75, "humidity": 58})

    assert (response.status_code, response.json()) == (503, {"detail": "Try again later"})
    assert response.headers["Retry-After"] == "30"
    assert secret not in f"{response.headers} {response.reason_phrase}"
