import asyncio
from typing import Any

import pytest
from httpx import ASGITransport, AsyncClient, Response

from invoice_book import InvoiceBook
from invoice_desk import MailError, Mailing, create_app

pytestmark = pytest.mark.asyncio


class World:
    def __init__(self) -> None:
        self.book = InvoiceBook()
        self.calls: list[Any] = []
        self.mailing = Mailing(self.book, self)
        self.app = create_app(self.book, self.mailing)

    async def send(self, to: str, text: str) -> None:
        self.calls.append((to, text))
        if to == "x":
            raise MailError

    async def post(self, number: str = "1", to: str = "k", cents: int = 100) -> Response:
        async with AsyncClient(transport=ASGITransport(app=self.app), base_url="http://w") as client:
            body = {"number": number, "to": to, "cents": cents}
            response = await client.post("/invoices", json=body)
        for _ in range(30):
            await asyncio.sleep(0)
        return response


@pytest.fixture
def world() -> World:
    return World()


async def test_address(world: World) -> None:
    await world.post()
    assert world.calls[0][0] == "k"


async def test_some_text(world: World) -> None:
    await world.post(cents=1250)
    assert "12.5" in world.calls[0][1]


async def test_whole_euros(world: World) -> None:
    await world.post()
    assert world.calls[0][1] == "Invoice 1: 1.00 EUR"


async def test_status(world: World) -> None:
    assert (await world.post()).status_code == 201


async def test_calls(world: World) -> None:
    await world.post()
    assert len(world.calls) == 1


async def test_status_of_the_second(world: World) -> None:
    await world.post()
    assert (await world.post()).status_code == 409


async def test_calls_after_the_second(world: World) -> None:
    await world.post()
    await world.post(to="l")
    assert "l" not in [to for to, _ in world.calls]


async def test_a_failure_is_not_sent(world: World) -> None:
    await world.post(to="x")
    assert world.book.stored["1"].mail != "sent"


async def test_a_failure_is_not_pending(world: World) -> None:
    await world.post(to="x")
    assert world.book.stored["1"].mail != "pending"
