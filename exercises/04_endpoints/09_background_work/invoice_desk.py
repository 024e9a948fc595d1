"""Invoices are stored while the client waits, and mailed when it has gone."""

import asyncio
from typing import Protocol

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel

from invoice_book import Invoice, InvoiceBook, NumberTaken


class MailError(Exception):
    """The mail could not be sent."""


class Mailer(Protocol):
    """Sends mails, in its own time."""

    async def send(self, to: str, text: str) -> None:
        """Send a mail. Raises `MailError`."""


class Mailing:
    """The mails that are under way."""

    def __init__(self, book: InvoiceBook, mailer: Mailer) -> None:
        self._book = book
        self._mailer = mailer
        # The loop keeps weak references only: a task that nobody holds may vanish.
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, invoice: Invoice) -> None:
        """Mail an invoice, without waiting for it."""
        task = asyncio.create_task(self._mail(invoice))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Wait until no mail is under way: for the end of the app."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _mail(self, invoice: Invoice) -> None:
        text = f"Invoice {invoice.number}: {invoice.cents / 100:.2f} EUR"
        try:
            await self._mailer.send(invoice.to, text)
        except MailError:
            await self._book.note_mail(invoice.number, "failed")
        else:
            await self._book.note_mail(invoice.number, "sent")


class NewInvoice(BaseModel):
    """What a client sends."""

    number: str
    to: str
    cents: int


def create_app(book: InvoiceBook, mailing: Mailing) -> FastAPI:
    """The app that takes invoices."""
    app = FastAPI()

    @app.post("/invoices", status_code=201)
    async def add(new: NewInvoice) -> dict[str, str]:
        invoice = Invoice(new.number, new.to, new.cents)
        try:
            await book.add(invoice)
        except NumberTaken:
            raise HTTPException(409, "number taken") from None
        mailing.begin(invoice)
        return {"number": invoice.number, "mail": invoice.mail}

    return app
