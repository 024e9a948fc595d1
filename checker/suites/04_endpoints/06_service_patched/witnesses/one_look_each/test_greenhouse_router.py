from datetime import UTC, datetime
from unittest.mock import create_autospec

import pytest

import greenhouse_router
from greenhouse_service import NoSuchSensor, Reading, SensorService, ServiceDown

pytestmark = pytest.mark.asyncio

PATH = "/sensors/North/readings"
MORNING = Reading(datetime(2031, 5, 5, 9, 30, tzinfo=UTC), 21.5, 64)
EVENING = Reading(datetime(2031, 5, 5, 19, 30, tzinfo=UTC), 21.5, 64)
SENT = {"celsius": 20.5, "humidity": 50}


@pytest.fixture
def service(monkeypatch):
    made = create_autospec(SensorService)
    monkeypatch.setattr(greenhouse_router, "SensorService", made)
    made.return_value.readings.return_value = [EVENING, MORNING]
    made.return_value.record.return_value = MORNING
    return made.return_value


async def test_two_readings(client, service):
    assert len((await client.get(PATH)).json()["readings"]) == 2


async def test_two_times(client, service):
    assert len({each["at"] for each in (await client.get(PATH)).json()["readings"]}) == 2


async def test_recorded_for(client, service):
    await client.post(PATH, json=SENT)
    assert service.record.await_args.args == ("North",)


async def test_recorded_degrees(client, service):
    await client.post(PATH, json=SENT)
    assert service.record.await_args.kwargs["celsius"] == 20.5


async def test_recorded_humidity(client, service):
    await client.post(PATH, json=SENT)
    assert service.record.await_args.kwargs["humidity"] == 50


async def test_unknown(client, service):
    service.readings.side_effect = NoSuchSensor
    assert (await client.get(PATH)).status_code in (404, 503)


async def test_down_body(client, service):
    service.readings.side_effect = ServiceDown("x")
    assert (await client.get(PATH)).json() == {"detail": "Try again later"}


async def test_down_header(client, service):
    service.readings.side_effect = ServiceDown("x")
    assert "Retry-After" in (await client.get(PATH)).headers


async def test_down_header_value(client, service):
    service.readings.side_effect = ServiceDown("x")
    assert (await client.get(PATH)).headers.get("Retry-After", "30") == "30"
