"""One notice for many people, delivered to all of them at the same time."""

import asyncio
from collections.abc import Sequence
from typing import Any


class Mailing:
    """Each delivery notes what became of it, and stops the others when it fails."""

    def __init__(self, gateway: Any, recipients: Sequence[str], text: str) -> None:
        self.receipts: dict[str, str] = {}
        self.unsent: set[str] = set()
        self._deliver = gateway.deliver
        self._names = list(recipients)
        self._text = text
        self._tasks: list[asyncio.Task[None]] = []
        self._errors: list[Exception] = []

    async def send(self) -> list[str]:
        for name in self._names:
            self._tasks.append(asyncio.create_task(self._one(name)))
        stopped: asyncio.CancelledError | None = None
        while open_tasks := [task for task in self._tasks if not task.done()]:
            try:
                await asyncio.wait(open_tasks)
            except asyncio.CancelledError as error:
                stopped = error
                self._stop()
        if stopped is not None:
            raise stopped
        if self._errors:
            raise ExceptionGroup("not everybody was reached", self._errors)
        return list(map(self.receipts.__getitem__, self._names))

    async def _one(self, name: str) -> None:
        try:
            receipt = await self._deliver(name, self._text)
        except asyncio.CancelledError:
            self.unsent |= {name}
        except Exception as error:
            if not self._errors:
                asyncio.get_running_loop().call_soon(self._stop)
            self._errors.append(error)
        else:
            self.receipts.update({name: receipt})

    def _stop(self) -> None:
        for task in self._tasks:
            task.cancel()
