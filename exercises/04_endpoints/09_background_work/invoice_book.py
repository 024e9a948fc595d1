"""The invoices that are stored. In memory, and behind awaits like any database."""

import asyncio
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice, and what became of its mail: "pending", "sent" or "failed"."""

    number: str
    to: str
    cents: int
    mail: str = "pending"


class NumberTaken(Exception):
    """There is an invoice with this number already."""


class InvoiceBook:
    """`stored` holds every invoice by its number."""

    def __init__(self) -> None:
        self.stored: dict[str, Invoice] = {}

    async def add(self, invoice: Invoice) -> None:
        """Store a new invoice. Raises `NumberTaken`."""
        await asyncio.sleep(0)
        if invoice.number in self.stored:
            raise NumberTaken
        self.stored[invoice.number] = invoice

    async def note_mail(self, number: str, mail: str) -> None:
        """Store what became of an invoice's mail."""
        await asyncio.sleep(0)
        self.stored[number] = replace(self.stored[number], mail=mail)
