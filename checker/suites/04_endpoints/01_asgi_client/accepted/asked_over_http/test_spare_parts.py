"""The effect, too, is asked over HTTP: what one request did, the next one tells."""

from contextlib import asynccontextmanager

import httpx
import pytest

from spare_parts import create_app


@asynccontextmanager
async def workshop(sessions, *parts):
    """A client on a workshop that has these parts already."""
    transport = httpx.ASGITransport(app=create_app(sessions))
    async with httpx.AsyncClient(transport=transport, base_url="http://w") as client:
        for code, name, quantity in parts:
            await client.post("/parts", json={"code": code, "name": name, "quantity": quantity})
        yield client


async def part(client, code):
    response = await client.get(f"/parts/{code}")
    return response.status_code, response.json()


def body(code, name, quantity):
    return {"code": code, "name": name, "quantity": quantity}


PEDAL, LAMP = ("pedal", "Pedal, left", 7), ("lamp", "Rear lamp", 4)


@pytest.mark.asyncio
async def test_added_parts_can_be_read(sessions):
    async with workshop(sessions) as client:
        for each in (PEDAL, LAMP):
            response = await client.post("/parts", json=body(*each))
            assert response.status_code == 201, response.text
            assert response.json() == body(*each)
            assert response.headers["Location"] == f"/parts/{each[0]}"
        assert await part(client, "pedal") == (200, body(*PEDAL))
        assert await part(client, "lamp") == (200, body(*LAMP))


@pytest.mark.asyncio
async def test_conflict(sessions):
    async with workshop(sessions, PEDAL) as client:
        response = await client.post("/parts", json=body("pedal", "Pedal, right", 1))
        assert response.status_code == 409
        assert response.json() == {"detail": "This part is there already"}
        assert await part(client, "pedal") == (200, body(*PEDAL))


@pytest.mark.asyncio
async def test_withdrawals_until_nothing_is_left(sessions):
    async with workshop(sessions, PEDAL, LAMP) as client:
        for taken, left in ((2, 5), (4, 1), (1, 0)):
            response = await client.post("/parts/pedal/withdrawals", json={"quantity": taken})
            assert response.status_code == 200
            assert response.json() == body("pedal", "Pedal, left", left)
            assert await part(client, "pedal") == (200, body("pedal", "Pedal, left", left))
        assert await part(client, "lamp") == (200, body(*LAMP))


@pytest.mark.asyncio
async def test_too_many(sessions):
    async with workshop(sessions, LAMP) as client:
        response = await client.post("/parts/lamp/withdrawals", json={"quantity": 9})
        assert (response.status_code, response.json()) == (409, {"detail": "Only 4 left"})
        assert await part(client, "lamp") == (200, body(*LAMP))


@pytest.mark.asyncio
async def test_no_such_part(sessions):
    async with workshop(sessions, LAMP) as client:
        nothing = (404, {"detail": "No such part"})
        assert await part(client, "saddle") == nothing
        response = await client.post("/parts/saddle/withdrawals", json={"quantity": 1})
        assert (response.status_code, response.json()) == nothing
        assert await part(client, "saddle") == nothing
