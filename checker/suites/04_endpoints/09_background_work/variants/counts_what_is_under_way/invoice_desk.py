"""Invoices are stored while the client waits. Mails are counted, and an event tells when none is under way."""

import asyncio
from decimal import Decimal
from typing import Any, Protocol

from fastapi import APIRouter, Body, FastAPI
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from invoice_book import Invoice, InvoiceBook, NumberTaken


class MailError(Exception):
    """The mail could not be sent."""


class Mailer(Protocol):
    """Sends mails, in its own time."""

    async def send(self, to: str, text: str) -> None:
        """Send a mail. Raises `MailError`."""


class NewInvoice(BaseModel):
    """What a client sends."""

    number: str
    to: str
    cents: int


class Mailing:
    """The mails that are under way."""

    def __init__(self, book: InvoiceBook, mailer: Mailer) -> None:
        self.book, self.mailer = book, mailer
        self.under_way = 0
        self.idle = asyncio.Event()
        self.idle.set()
        self.references: dict[str, asyncio.Task[None]] = {}

    def post(self, invoice: Invoice) -> None:
        self.under_way += 1
        self.idle.clear()
        self.references[invoice.number] = asyncio.ensure_future(self.deliver(invoice))

    async def deliver(self, invoice: Invoice) -> None:
        euros = Decimal(invoice.cents).scaleb(-2)
        outcome = "sent"
        try:
            await self.mailer.send(invoice.to, f"Invoice {invoice.number}: {euros} EUR")
        except MailError:
            outcome = "failed"
        finally:
            await self.book.note_mail(invoice.number, outcome)
            del self.references[invoice.number]
            self.under_way -= 1
            if not self.under_way:
                self.idle.set()

    async def finish(self) -> None:
        """Wait until no mail is under way: for the end of the app."""
        await self.idle.wait()


class Desk:
    """Takes invoices."""

    def __init__(self, book: InvoiceBook, mailing: Mailing) -> None:
        self.book, self.mailing = book, mailing

    async def add(self, new: NewInvoice = Body()) -> JSONResponse:
        status, content = await self.take(Invoice(**new.model_dump()))
        return JSONResponse(content, status)

    async def take(self, invoice: Invoice) -> tuple[int, dict[str, Any]]:
        try:
            await self.book.add(invoice)
        except NumberTaken:
            return 409, {"detail": "number taken"}
        self.mailing.post(invoice)
        return 201, {"number": invoice.number, "mail": "pending"}


def create_app(book: InvoiceBook, mailing: Mailing) -> FastAPI:
    """The app that takes invoices."""
    router = APIRouter()
    router.add_api_route("/invoices", Desk(book, mailing).add, methods=["POST"])
    app = FastAPI()
    app.include_router(router)
    return app
