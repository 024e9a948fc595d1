"""Sync tests with the framework's own client, which runs the app on a loop of its own thread."""

import asyncio

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from spare_parts import create_app

BRAKE = dict(code="brake-2", name="Brake pad", quantity=8)
BELL = dict(code="bell", name="Bell", quantity=2)


@pytest.fixture
def client(sessions):
    with TestClient(create_app(sessions)) as client:
        yield client


@pytest.fixture
def rows(sessions):
    async def read():
        async with sessions() as session:
            found = await session.execute(text("SELECT code, name, quantity FROM parts ORDER BY code"))
            return [dict(row) for row in found.mappings()]

    return lambda: asyncio.run(read())


@pytest.fixture
def two_parts(client):
    for part in (BELL, BRAKE):
        client.post("/parts", json=part)


def test_add(client, rows):
    answer = client.post("/parts", json=BRAKE)
    assert answer.status_code == 201
    assert answer.json() == BRAKE
    assert answer.headers["location"] == "/parts/brake-2"
    assert rows() == [BRAKE]


def test_add_twice(client, two_parts, rows):
    answer = client.post("/parts", json={**BELL, "name": "Horn", "quantity": 90})
    assert answer.status_code == 409
    assert answer.json() == {"detail": "This part is there already"}
    assert rows() == [BELL, BRAKE]


def test_read(client, two_parts):
    for part in (BRAKE, BELL):
        answer = client.get("/parts/" + part["code"])
        assert (answer.status_code, answer.json()) == (200, part)


def test_unknown(client, two_parts, rows):
    for answer in (client.get("/parts/rim"), client.post("/parts/rim/withdrawals", json={"quantity": 1})):
        assert answer.status_code == 404
        assert answer.json() == {"detail": "No such part"}
    assert rows() == [BELL, BRAKE]


def test_take(client, two_parts, rows):
    answer = client.post("/parts/brake-2/withdrawals", json={"quantity": 3})
    assert (answer.status_code, answer.json()) == (200, {**BRAKE, "quantity": 5})
    assert rows() == [BELL, {**BRAKE, "quantity": 5}]

    answer = client.post("/parts/brake-2/withdrawals", json={"quantity": 6})
    assert (answer.status_code, answer.json()) == (409, {"detail": "Only 5 left"})
    assert rows() == [BELL, {**BRAKE, "quantity": 5}]

    answer = client.post("/parts/brake-2/withdrawals", json={"quantity": 5})
    assert (answer.status_code, answer.json()) == (200, {**BRAKE, "quantity": 0})
    assert rows() == [BELL, {**BRAKE, "quantity": 0}]
