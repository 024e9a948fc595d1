from unittest.mock import create_autospec

import pytest
from httpx import ASGITransport, AsyncClient

from invoice_book import Invoice, InvoiceBook
from invoice_desk import Mailing, create_app


@pytest.mark.asyncio
async def test_the_mail_is_begun() -> None:
    book, mailing = InvoiceBook(), create_autospec(Mailing, instance=True)
    transport = ASGITransport(app=create_app(book, mailing))

    async with AsyncClient(transport=transport, base_url="http://desk") as client:
        new = {"number": "31-7", "to": "kim", "cents": 1250}
        response = await client.post("/invoices", json=new)

    assert (response.status_code, response.json()) == (201, {"number": "31-7", "mail": "pending"})
    mailing.begin.assert_called_once_with(Invoice("31-7", "kim", 1250))
