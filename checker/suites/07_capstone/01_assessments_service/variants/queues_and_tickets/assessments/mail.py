"""Mail by tickets: who comes later to a recipient waits for the ticket of the one before."""

import asyncio
from typing import Protocol

Sleep = object


class GatewayBusy(Exception):
    """Later."""


class GatewayRefused(Exception):
    """Never."""


class MailFailed(Exception):
    """Not sent."""


class MailGateway(Protocol):
    async def send(self, to: str, subject: str, text: str) -> None: ...


class Mailer:
    def __init__(self, gateway, sleep=asyncio.sleep, timeout_s=5.0):
        self._gateway = gateway
        self._pause = sleep
        self._limit = timeout_s
        self._waiting = {}

    async def send(self, to, subject, text):
        line = self._waiting.setdefault(to, [])
        mine = asyncio.Event()
        if not line:
            mine.set()
        line.append(mine)
        try:
            await mine.wait()
            await self._deliver(subject=subject, text=text, to=to)
        finally:
            line.remove(mine)
            if line:
                line[0].set()

    async def _deliver(self, **mail):
        pauses = [2.0, 1.0]
        while True:
            try:
                async with asyncio.timeout(self._limit):
                    return await self._gateway.send(**mail)
            except GatewayRefused as never:
                raise MailFailed from never
            except GatewayBusy:
                pass
            except TimeoutError:
                pass
            if not pauses:
                raise MailFailed
            await self._pause(pauses.pop())
