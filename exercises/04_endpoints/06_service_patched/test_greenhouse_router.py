from datetime import UTC, datetime
from unittest.mock import AsyncMock

import pytest
from httpx import AsyncClient

from greenhouse_service import Reading, SensorService

MORNING = Reading(datetime(2031, 5, 5, 9, 30, tzinfo=UTC), 21.5, 64)


@pytest.mark.asyncio
async def test_readings(client: AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SensorService, "readings", AsyncMock(return_value=[MORNING]))

    response = await client.get("/sensors/north/readings")

    assert response.status_code == 200
    assert len(response.json()["readings"]) == 1
