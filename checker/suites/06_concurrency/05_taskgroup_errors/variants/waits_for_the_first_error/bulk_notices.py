"""One notice for many people, delivered to all of them at the same time."""

import asyncio
from collections.abc import Sequence
from typing import Any


class Mailing:
    """Plain tasks, waited for until the first error; what is left is cancelled and gathered."""

    def __init__(self, gateway: Any, recipients: Sequence[str], text: str) -> None:
        self.receipts: dict[str, str] = {}
        self.unsent: set[str] = set()
        self.gateway, self.recipients, self.text = gateway, recipients, text

    async def send(self) -> list[str]:
        tasks = {asyncio.create_task(self._deliver(name)): name for name in self.recipients}
        if not tasks:
            return []
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for task in tasks:
                task.cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            for task, name in tasks.items():
                if task.cancelled():
                    self.unsent.add(name)
        errors = [each for each in outcomes if isinstance(each, Exception)]
        if errors:
            raise ExceptionGroup(f"{len(errors)} of {len(tasks)} failed", errors)
        return [self.receipts[name] for name in self.recipients]

    async def _deliver(self, name: str) -> None:
        self.receipts[name] = await self.gateway.deliver(name, self.text)
