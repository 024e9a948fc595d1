"""The router, with its service replaced."""

from datetime import UTC, datetime
from unittest.mock import AsyncMock, create_autospec

import pytest
from httpx import AsyncClient

import greenhouse_router
from greenhouse_service import NoSuchSensor, Reading, SensorService, ServiceDown

pytestmark = pytest.mark.asyncio

MORNING = Reading(datetime(2031, 5, 5, 9, 30, tzinfo=UTC), 21.5, 64)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> AsyncMock:
    service_class = create_autospec(SensorService)
    monkeypatch.setattr(greenhouse_router, "SensorService", service_class)
    return service_class.return_value


async def test_readings(client: AsyncClient, service: AsyncMock) -> None:
    service.readings.return_value = [MORNING]

    response = await client.get("/sensors/north/readings", params={"limit": 10, "offset": 20})

    assert response.status_code == 200
    found = await service.readings("north", limit=10, offset=20)
    assert found == [MORNING]


async def test_record(client: AsyncClient, service: AsyncMock) -> None:
    service.record.return_value = MORNING

    response = await client.post(
        "/sensors/north/readings", json={"celsius": 21.5, "humidity": 64}
    )

    assert response.status_code == 201
    assert await service.record("north", celsius=21.5, humidity=64) == MORNING


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_unknown_sensor(client: AsyncClient, service: AsyncMock, method: str) -> None:
    service.readings.side_effect = service.record.side_effect = NoSuchSensor("north")

    response = await client.request(
        method, "/sensors/north/readings", json={"celsius": 21.5, "humidity": 64}
    )

    assert response.status_code == 404


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_service_that_is_down(client: AsyncClient, service: AsyncMock, method: str) -> None:
    service.readings.side_effect = service.record.side_effect = ServiceDown("disk I/O error")

    response = await client.request(
        method, "/sensors/north/readings", json={"celsius": 21.5, "humidity": 64}
    )

    assert response.status_code == 503
