import asyncio

import pytest
from httpx import ASGITransport, AsyncClient

from invoice_book import InvoiceBook
from invoice_desk import Mailing, create_app


class FakeMailer:
    def __init__(self) -> None:
        self.sent: list[str] = []

    async def send(self, to: str, text: str) -> None:
        self.sent.append(to)


@pytest.mark.asyncio
async def test_an_invoice_is_mailed() -> None:
    book, mailer = InvoiceBook(), FakeMailer()
    app = create_app(book, Mailing(book, mailer))

    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://desk") as client:
        new = {"number": "31-7", "to": "kim@example.org", "cents": 1250}
        response = await client.post("/invoices", json=new)
    await asyncio.sleep(0.1)  # give it some time

    assert response.status_code == 201
    assert mailer.sent == ["kim@example.org"]
