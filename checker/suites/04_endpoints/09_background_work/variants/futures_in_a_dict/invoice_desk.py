"""Invoices are stored while the client waits; each mail's task is kept, and noted when it is over."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol

from fastapi import Depends, FastAPI, HTTPException, status
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
        self._note: Callable[[str, str], Awaitable[None]] = book.note_mail
        self._mailer = mailer
        self._kept: list[asyncio.Task[None]] = []

    def begin(self, invoice: Invoice) -> None:
        """Mail an invoice, without waiting for it."""
        self._kept = [task for task in self._kept if not task.done()]
        self._kept.append(asyncio.get_running_loop().create_task(self._mail(invoice)))

    async def finish(self) -> None:
        """Wait until no mail is under way: for the end of the app."""
        for task in self._kept:
            await asyncio.wait([task])

    async def _mail(self, invoice: Invoice) -> None:
        was_sent = await self._was_sent(invoice)
        await self._note(invoice.number, "sent" if was_sent else "failed")

    async def _was_sent(self, invoice: Invoice) -> bool:
        euros, cents = divmod(invoice.cents, 100)
        try:
            await self._mailer.send(invoice.to, f"Invoice {invoice.number}: {euros}.{cents:02} EUR")
            return True
        except MailError:
            return False


class NewInvoice(BaseModel):
    """What a client sends."""

    number: str
    to: str
    cents: int

    def invoice(self) -> Invoice:
        return Invoice(number=self.number, to=self.to, cents=self.cents)


def create_app(book: InvoiceBook, mailing: Mailing) -> FastAPI:
    """The app that takes invoices."""

    async def stored(new: NewInvoice) -> Invoice:
        invoice = new.invoice()
        try:
            await book.add(invoice)
        except NumberTaken as error:
            raise HTTPException(status.HTTP_409_CONFLICT, detail="number taken") from error
        return invoice

    app = FastAPI()

    @app.post("/invoices", status_code=status.HTTP_201_CREATED)
    async def add(invoice: Invoice = Depends(stored)) -> dict[str, str]:
        mailing.begin(invoice)
        return dict(number=invoice.number, mail="pending")

    return app
