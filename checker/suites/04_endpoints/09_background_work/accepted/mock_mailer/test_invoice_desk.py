import asyncio
from typing import Any
from unittest.mock import AsyncMock, call

import pytest
from httpx import ASGITransport, AsyncClient, Response

from invoice_book import Invoice, InvoiceBook
from invoice_desk import MailError, Mailing, create_app

KIM = {"number": "A", "to": "kim", "cents": 5000}
LOU = {"number": "B", "to": "lou", "cents": 1}


async def post(app: Any, body: dict[str, Any]) -> Response:
    async with AsyncClient(transport=ASGITransport(app=app), base_url="http://i") as client:
        async with asyncio.timeout(2):
            return await client.post("/invoices", json=body)


async def finish(mailing: Mailing) -> None:
    async with asyncio.timeout(2):
        await mailing.finish()


def states(book: InvoiceBook) -> list[str]:
    return [invoice.mail for invoice in book.stored.values()]


@pytest.mark.asyncio
async def test_mail_is_sent_after_it_is_stored() -> None:
    book = InvoiceBook()
    stored: list[Any] = []
    mailer = AsyncMock()
    mailer.send.side_effect = lambda to, text: stored.append(dict(book.stored))
    mailing = Mailing(book, mailer)

    response = await post(create_app(book, mailing), KIM)
    await finish(mailing)

    assert (response.status_code, response.json()) == (201, {"number": "A", "mail": "pending"})
    mailer.send.assert_awaited_once_with("kim", "Invoice A: 50.00 EUR")
    assert stored == [{"A": Invoice("A", "kim", 5000)}]
    assert book.stored == {"A": Invoice("A", "kim", 5000, "sent")}


@pytest.mark.asyncio
async def test_failures_stay_alone() -> None:
    book = InvoiceBook()
    mailer = AsyncMock()
    mailer.send.side_effect = [MailError, None]
    mailing = Mailing(book, mailer)
    app = create_app(book, mailing)

    await post(app, KIM)
    await finish(mailing)
    assert states(book) == ["failed"]
    await post(app, LOU)
    await finish(mailing)

    assert states(book) == ["failed", "sent"]
    assert mailer.send.await_args_list == [
        call("kim", "Invoice A: 50.00 EUR"),
        call("lou", "Invoice B: 0.01 EUR"),
    ]


@pytest.mark.asyncio
async def test_nobody_waits_for_a_slow_mail() -> None:
    book = InvoiceBook()
    gates = {"kim": asyncio.Event(), "lou": asyncio.Event()}
    begun = {"kim": asyncio.Event(), "lou": asyncio.Event()}

    async def send(to: str, text: str) -> None:
        begun[to].set()
        await gates[to].wait()
        if to == "lou":
            raise MailError

    mailing = Mailing(book, AsyncMock(**{"send.side_effect": send}))
    app = create_app(book, mailing)
    await post(app, KIM)
    await post(app, LOU)
    async with asyncio.timeout(2):
        await begun["kim"].wait()
        await begun["lou"].wait()
    assert states(book) == ["pending", "pending"]

    end = asyncio.create_task(finish(mailing))
    gates["lou"].set()
    for _ in range(25):
        await asyncio.sleep(0)
    assert states(book) == ["pending", "failed"]
    assert not end.done()

    gates["kim"].set()
    await end
    assert states(book) == ["sent", "failed"]


@pytest.mark.asyncio
async def test_a_number_is_used_once() -> None:
    book, mailer = InvoiceBook(), AsyncMock()
    mailing = Mailing(book, mailer)
    app = create_app(book, mailing)
    await post(app, KIM)
    await finish(mailing)

    again = await post(app, KIM | {"to": "eve"})
    await finish(mailing)

    assert again.status_code == 409
    assert again.json() == {"detail": "number taken"}
    assert mailer.send.await_count == 1
    assert book.stored == {"A": Invoice("A", "kim", 5000, "sent")}


@pytest.mark.asyncio
async def test_finish_with_nothing_to_do() -> None:
    await finish(Mailing(InvoiceBook(), AsyncMock()))
