import asyncio

import pytest
from httpx import ASGITransport, AsyncClient

from invoice_book import Invoice, InvoiceBook
from invoice_desk import MailError, Mailing, create_app

pytestmark = pytest.mark.asyncio


class QuickMailer:
    def __init__(self, book: InvoiceBook) -> None:
        self.book = book
        self.sent: list[tuple[str, str, bool]] = []

    async def send(self, to: str, text: str) -> None:
        number = text.removeprefix("Invoice ").partition(":")[0]
        self.sent.append((to, text, number in self.book.stored))
        if to == "nobody":
            raise MailError


async def test_invoices() -> None:
    book = InvoiceBook()
    mailer = QuickMailer(book)
    mailing = Mailing(book, mailer)
    await mailing.finish()

    app = create_app(book, mailing)
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://desk") as client:
        one = await client.post("/invoices", json={"number": "1", "to": "kim", "cents": 1250})
        await mailing.finish()
        two = await client.post("/invoices", json={"number": "2", "to": "nobody", "cents": 1})
        await mailing.finish()
        again = await client.post("/invoices", json={"number": "2", "to": "lou", "cents": 2})
        await mailing.finish()
        three = await client.post("/invoices", json={"number": "3", "to": "lou", "cents": 99})
        for _ in range(9):
            await asyncio.sleep(0)
        await mailing.finish()

    assert (one.status_code, one.json()) == (201, {"number": "1", "mail": "pending"})
    assert (two.status_code, again.status_code, three.status_code) == (201, 409, 201)
    assert again.json() == {"detail": "number taken"}
    assert book.stored == {
        "1": Invoice("1", "kim", 1250, "sent"),
        "2": Invoice("2", "nobody", 1, "failed"),
        "3": Invoice("3", "lou", 99, "sent"),
    }
    assert mailer.sent == [
        ("kim", "Invoice 1: 12.50 EUR", True),
        ("nobody", "Invoice 2: 0.01 EUR", True),
        ("lou", "Invoice 3: 0.99 EUR", True),
    ]
