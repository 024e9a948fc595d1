"""A mailer with one loop for all attempts."""

import asyncio
from itertools import count
from typing import Protocol
from weakref import WeakValueDictionary

Sleep = object
LONGEST_WAIT_S = 2.0


class GatewayBusy(Exception):
    pass


class GatewayRefused(Exception):
    pass


class MailFailed(Exception):
    pass


class MailGateway(Protocol):
    async def send(self, to: str, subject: str, text: str) -> None: ...


class Mailer:
    def __init__(self, gateway, sleep=asyncio.sleep, timeout_s=5.0):
        self.gateway, self.sleep, self.timeout_s = gateway, sleep, timeout_s
        self.queues = WeakValueDictionary()

    async def send(self, to, subject, text):
        lock = self.queues.setdefault(to, asyncio.Lock())
        await lock.acquire()
        try:
            for attempt in count():
                try:
                    await asyncio.wait_for(self.gateway.send(to, subject, text), self.timeout_s)
                    break
                except (TimeoutError, GatewayBusy) as busy:
                    wait_s = 2.0**attempt
                    if wait_s > LONGEST_WAIT_S:
                        raise MailFailed("busy") from busy
                except GatewayRefused:
                    raise MailFailed("refused") from None
                await self.sleep(wait_s)
        finally:
            lock.release()
