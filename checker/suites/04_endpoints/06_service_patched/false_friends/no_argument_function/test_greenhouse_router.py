"""The router, with its service replaced."""

import pytest
from httpx import AsyncClient

from greenhouse_service import NoSuchSensor, SensorService

pytestmark = pytest.mark.asyncio


async def test_no_readings(client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mock_readings():
        return []

    monkeypatch.setattr(SensorService, "readings", mock_readings)

    response = await client.get("/sensors/north/readings")

    assert response.status_code == 200
    assert response.json() == {"sensor": "north", "readings": [], "next": None}


async def test_an_unknown_sensor(client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    async def mock_readings():
        raise NoSuchSensor("north")

    monkeypatch.setattr(SensorService, "readings", mock_readings)

    response = await client.get("/sensors/north/readings")

    assert response.status_code == 404
