"""What the client waits for, and what happens when it has gone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from httpx import ASGITransport, AsyncClient

from invoice_book import Invoice, InvoiceBook
from invoice_desk import MailError, Mailing, create_app

pytestmark = pytest.mark.asyncio


class HeldMailer:
    """Holds every mail back until it is let go, and remembers what was stored when it came."""

    def __init__(self, book: InvoiceBook) -> None:
        self.book = book
        self.sent: list[tuple[str, str]] = []
        self.stored_at_the_time: list[list[str]] = []
        self.broken_addresses: set[str] = set()
        self.came: dict[str, asyncio.Event] = {}
        self.let_go: dict[str, asyncio.Event] = {}

    def expect(self, to: str) -> None:
        self.came[to], self.let_go[to] = asyncio.Event(), asyncio.Event()

    async def send(self, to: str, text: str) -> None:
        self.sent.append((to, text))
        self.stored_at_the_time.append(sorted(self.book.stored))
        self.came[to].set()
        await self.let_go[to].wait()
        if to in self.broken_addresses:
            raise MailError


class Desk:
    """The app with its book and a held mailer, and a client of it."""

    def __init__(self) -> None:
        self.book = InvoiceBook()
        self.mailer = HeldMailer(self.book)
        self.mailing = Mailing(self.book, self.mailer)
        transport = ASGITransport(app=create_app(self.book, self.mailing))
        self.client = AsyncClient(transport=transport, base_url="http://desk")

    async def post(self, number: str, name: str, cents: int = 1250) -> tuple[int, object]:
        body = {"number": number, "to": name, "cents": cents}
        async with asyncio.timeout(2):
            response = await self.client.post("/invoices", json=body)
        return response.status_code, response.json()

    def mails(self) -> dict[str, str]:
        return {number: invoice.mail for number, invoice in self.book.stored.items()}


@asynccontextmanager
async def open_desk(*names: str) -> AsyncIterator[Desk]:
    desk = Desk()
    for name in names:
        desk.mailer.expect(name)
    async with desk.client:
        yield desk
        for event in desk.mailer.let_go.values():
            event.set()
        await finished(desk)


async def finished(desk: Desk) -> None:
    async with asyncio.timeout(2):
        await desk.mailing.finish()


async def come(desk: Desk, name: str) -> None:
    async with asyncio.timeout(2):
        await desk.mailer.came[name].wait()


async def turns() -> None:
    """Let everything run that waits for nothing."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_the_client_does_not_wait_for_the_mail() -> None:
    async with open_desk("kim") as desk:
        assert await desk.post("31-7", "kim") == (201, {"number": "31-7", "mail": "pending"})
        await come(desk, "kim")
        await turns()

        assert desk.book.stored == {"31-7": Invoice("31-7", "kim", 1250, "pending")}
        assert desk.mailer.stored_at_the_time == [["31-7"]]

        desk.mailer.let_go["kim"].set()
        await finished(desk)
        assert desk.book.stored == {"31-7": Invoice("31-7", "kim", 1250, "sent")}
        assert desk.mailer.sent == [("kim", "Invoice 31-7: 12.50 EUR")]


async def test_several_mails() -> None:
    async with open_desk("kim", "lou", "max") as desk:
        await desk.post("31-7", "kim", 1200)
        await desk.post("31-8", "lou", 5)
        await come(desk, "lou")
        desk.mailer.let_go["kim"].set()
        await turns()
        assert desk.mails() == {"31-7": "sent", "31-8": "pending"}

        await desk.post("31-9", "max", 99)
        for event in desk.mailer.let_go.values():
            event.set()
        await finished(desk)

        assert desk.mails() == {"31-7": "sent", "31-8": "sent", "31-9": "sent"}
        assert desk.mailer.sent == [
            ("kim", "Invoice 31-7: 12.00 EUR"),
            ("lou", "Invoice 31-8: 0.05 EUR"),
            ("max", "Invoice 31-9: 0.99 EUR"),
        ]


async def test_a_slow_mail_holds_up_no_other() -> None:
    async with open_desk("kim", "lou") as desk:
        await desk.post("31-7", "kim")
        await come(desk, "kim")
        await desk.post("31-8", "lou")
        await come(desk, "lou")

        desk.mailer.let_go["lou"].set()
        await turns()

        assert desk.mails() == {"31-7": "pending", "31-8": "sent"}


async def test_a_number_that_is_taken_sends_no_mail() -> None:
    async with open_desk("kim", "lou") as desk:
        await desk.post("31-7", "kim")

        assert await desk.post("31-7", "lou", 1) == (409, {"detail": "number taken"})
        await turns()

        assert desk.book.stored == {"31-7": Invoice("31-7", "kim", 1250, "pending")}
        assert [to for to, _ in desk.mailer.sent] == ["kim"]


async def test_finish_waits_for_every_mail() -> None:
    async with open_desk("kim", "lou") as desk:
        await desk.post("31-7", "kim")
        await desk.post("31-8", "lou")
        finishing = asyncio.create_task(desk.mailing.finish())

        desk.mailer.let_go["lou"].set()
        await turns()
        assert not finishing.done()

        desk.mailer.let_go["kim"].set()
        async with asyncio.timeout(2):
            await finishing
        assert desk.mails() == {"31-7": "sent", "31-8": "sent"}


async def test_finish_returns_when_there_is_nothing_to_wait_for() -> None:
    async with open_desk() as desk:
        await finished(desk)
