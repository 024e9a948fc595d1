import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest

from invoice_book import Invoice, InvoiceBook
from invoice_desk import MailError, Mailing, create_app

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class PostOffice:
    """A mailer whose mails stay in `counter` until the test stamps or refuses them."""

    def __init__(self, book: InvoiceBook) -> None:
        self.book = book
        self.counter: dict[str, asyncio.Future[None]] = {}
        self.texts: list[str] = []
        self.arrival = asyncio.Event()

    async def send(self, to: str, text: str) -> None:
        number = text.split()[1].rstrip(":")
        assert number in self.book.stored, "mailed before it was stored"
        self.texts.append(f"{to} <- {text}")
        self.counter[number] = asyncio.get_running_loop().create_future()
        self.arrival.set()
        await self.counter[number]

    async def has(self, count: int) -> None:
        async with asyncio.timeout(2):
            while len(self.texts) < count:
                self.arrival.clear()
                await self.arrival.wait()


class Shop:
    def __init__(self) -> None:
        self.book = InvoiceBook()
        self.office = PostOffice(self.book)
        self.mailing = Mailing(self.book, self.office)
        self.app = create_app(self.book, self.mailing)

    async def order(self, number: str, to: str = "a@b", cents: int = 700) -> httpx.Response:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://s") as client:
            body = {"number": number, "to": to, "cents": cents}
            return await asyncio.wait_for(client.post("/invoices", json=body), 2)

    async def settle(self) -> None:
        for _ in range(30):
            await asyncio.sleep(0)

    async def close(self) -> None:
        for future in self.office.counter.values():
            if not future.done():
                future.set_result(None)
        await asyncio.wait_for(self.mailing.finish(), 2)


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    shop = Shop()
    yield shop
    await shop.settle()
    await shop.close()


class TestOne:
    async def test_response_comes_first(self, shop: Shop) -> None:
        response = await shop.order("1")
        assert response.status_code == 201
        assert response.json() == {"number": "1", "mail": "pending"}
        assert shop.book.stored == {"1": Invoice("1", "a@b", 700, "pending")}

    async def test_sent(self, shop: Shop) -> None:
        await shop.order("1", "you@there", 1999)
        await shop.office.has(1)
        await shop.settle()
        assert shop.book.stored["1"].mail == "pending"
        shop.office.counter["1"].set_result(None)
        await shop.settle()
        assert shop.book.stored["1"].mail == "sent"
        assert shop.office.texts == ["you@there <- Invoice 1: 19.99 EUR"]

    async def test_failed(self, shop: Shop) -> None:
        await shop.order("1")
        await shop.office.has(1)
        shop.office.counter["1"].set_exception(MailError())
        await shop.settle()
        assert shop.book.stored["1"].mail == "failed"
        assert shop.office.texts == ["a@b <- Invoice 1: 7.00 EUR"]

    async def test_taken(self, shop: Shop) -> None:
        await shop.order("1")
        response = await shop.order("1", "x@y", 1)
        await shop.settle()
        assert (response.status_code, response.json()) == (409, {"detail": "number taken"})
        assert shop.book.stored == {"1": Invoice("1", "a@b", 700, "pending")}
        assert len(shop.office.texts) == 1


class TestSeveral:
    async def test_side_by_side(self, shop: Shop) -> None:
        for number in "123":
            await shop.order(number)
        await shop.office.has(3)
        shop.office.counter["2"].set_exception(MailError())
        await shop.settle()
        shop.office.counter["3"].set_result(None)
        await shop.settle()
        mails = {number: invoice.mail for number, invoice in shop.book.stored.items()}
        assert mails == {"1": "pending", "2": "failed", "3": "sent"}
        await shop.order("4")
        await shop.office.has(4)
        await shop.close()
        assert shop.book.stored["1"].mail == shop.book.stored["4"].mail == "sent"

    async def test_finish(self, shop: Shop) -> None:
        await shop.mailing.finish()
        await shop.order("1")
        await shop.order("2")
        await shop.office.has(2)
        end = asyncio.ensure_future(shop.mailing.finish())
        await shop.settle()
        shop.office.counter["1"].set_exception(MailError())
        await shop.settle()
        assert not end.done()
        shop.office.counter["2"].set_result(None)
        await asyncio.wait_for(end, 2)
        assert shop.book.stored["2"].mail == "sent"
