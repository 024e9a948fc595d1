"""One notice for many people, delivered to all of them at the same time."""

import asyncio
from collections.abc import Sequence
from typing import Protocol


class Gateway(Protocol):
    """Delivers notices."""

    async def deliver(self, recipient: str, text: str) -> str:
        """Deliver one notice, and return its receipt."""


class Mailing:
    """A notice and its recipients. Tells what became of each, also when the sending failed."""

    def __init__(self, gateway: Gateway, recipients: Sequence[str], text: str) -> None:
        self.receipts: dict[str, str] = {}
        self.unsent: set[str] = set()
        self._gateway = gateway
        self._recipients = recipients
        self._text = text

    async def send(self) -> list[str]:
        """Deliver to all, or stop at the first error. Raises an ExceptionGroup."""
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._deliver(each)) for each in self._recipients]
        return [task.result() for task in tasks]

    async def _deliver(self, recipient: str) -> str:
        try:
            receipt = await self._gateway.deliver(recipient, self._text)
        except asyncio.CancelledError:
            self.unsent.add(recipient)
            raise
        self.receipts[recipient] = receipt
        return receipt
