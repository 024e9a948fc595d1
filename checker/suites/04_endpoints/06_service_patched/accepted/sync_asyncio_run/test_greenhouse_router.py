"""Sync tests; the service's class is replaced by one that is put together for each test."""

import asyncio
from datetime import datetime, timezone

import pytest

import greenhouse_router
from greenhouse_service import NoSuchSensor, Reading, ServiceDown

R = [Reading(datetime(2040, 6, day, tzinfo=timezone.utc), 20.0 + day, 50 + day) for day in (3, 2, 1)]
B = [{"at": f"2040-06-0{day}T00:00:00Z", "celsius": 20.0 + day, "humidity": 50 + day} for day in (3, 2, 1)]


@pytest.fixture
def ask(client, monkeypatch):
    """ask(method, path, answer, ...): the response, and how the service was called."""

    def ask(method, path, answer, **kwargs):
        calls = []

        class Service:
            def __init__(self, session):
                pass

            async def readings(self, sensor, *, limit, offset):
                return self.answer("readings", sensor, limit, offset)

            async def record(self, sensor, *, celsius, humidity):
                return self.answer("record", sensor, celsius, humidity)

            def answer(self, *call):
                calls.append(call)
                if isinstance(answer, Exception):
                    raise answer
                return answer

        with monkeypatch.context() as patched:
            patched.setattr(greenhouse_router, "SensorService", Service)
            return asyncio.run(client.request(method, path, **kwargs)), calls

    return ask


def test_page(ask):
    response, calls = ask("GET", "/sensors/Roof/readings?limit=4&offset=8", tuple(R))
    assert response.status_code == 200
    assert response.json() == {"sensor": "Roof", "readings": B, "next": None}
    assert calls == [("readings", "Roof", 4, 8)]


def test_full_page(ask):
    response, calls = ask("GET", "/sensors/Roof/readings?limit=3&offset=8", R)
    assert response.json() == {"sensor": "Roof", "readings": B, "next": 11}
    assert calls == [("readings", "Roof", 3, 8)]


def test_no_query(ask):
    response, calls = ask("GET", "/sensors/Roof/readings", [])
    assert response.json() == {"sensor": "Roof", "readings": [], "next": None}
    assert calls == [("readings", "Roof", 50, 0)]


def test_limits(ask):
    for limit, status in ((0, 422), (1, 200), (100, 200), (101, 422)):
        response, calls = ask("GET", f"/sensors/Roof/readings?limit={limit}", R[:1])
        assert response.status_code == status, limit
        assert calls == ([("readings", "Roof", limit, 0)] if status == 200 else [])
    response, calls = ask("GET", "/sensors/Roof/readings?offset=-1", R)
    assert (response.status_code, calls) == (422, [])
    response, calls = ask("GET", "/sensors/Roof/readings?offset=0", R)
    assert response.status_code == 200


def test_record(ask):
    response, calls = ask("POST", "/sensors/Roof/readings", R[2], json={"humidity": 1, "celsius": 2.5})
    assert response.status_code == 201
    assert response.json() == B[2]
    assert calls == [("record", "Roof", 2.5, 1)]


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_errors(ask, method):
    sent = {"json": {"humidity": 1, "celsius": 2.5}}
    response, _ = ask(method, "/sensors/Roof/readings", NoSuchSensor("Roof"), **sent)
    assert (response.status_code, response.json()) == (404, {"detail": "No such sensor"})
    response, _ = ask(method, "/sensors/Roof/readings", ServiceDown("db-17 gave up"), **sent)
    assert (response.status_code, response.json()) == (503, {"detail": "Try again later"})
    assert response.headers["Retry-After"] == "30"
    assert "db-17" not in "".join(map(str, response.headers.raw))
