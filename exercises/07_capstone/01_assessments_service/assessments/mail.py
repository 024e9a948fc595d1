"""Mail that arrives, or is known not to: a mailer in front of a gateway that is sometimes busy."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Protocol

WAITS_S = (1.0, 2.0)

Sleep = Callable[[float], Awaitable[object]]


class GatewayBusy(Exception):
    """The gateway cannot take the mail now. Later it may."""


class GatewayRefused(Exception):
    """The gateway will never take this mail."""


class MailFailed(Exception):
    """A mail could not be sent."""


class MailGateway(Protocol):
    """Whatever sends mail. It may be busy, refuse, or hang."""

    async def send(self, to: str, subject: str, text: str) -> None:
        """Hand over one mail. Raises `GatewayBusy` or `GatewayRefused`."""


class Mailer:
    """Sends mail through a gateway: patiently, and never two mails to one recipient at once."""

    def __init__(
        self, gateway: MailGateway, sleep: Sleep = asyncio.sleep, timeout_s: float = 5.0
    ) -> None:
        self._gateway = gateway
        self._sleep = sleep
        self._timeout_s = timeout_s
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(self, to: str, subject: str, text: str) -> None:
        """Send a mail, after those to the same recipient that were asked for before.

        Raises:
            MailFailed: the gateway refused, or was busy three times.
        """
        async with self._locks[to]:
            for wait_s in WAITS_S:
                if await self._taken(to, subject, text):
                    return
                await self._sleep(wait_s)
            if not await self._taken(to, subject, text):
                raise MailFailed(to)

    async def _taken(self, to: str, subject: str, text: str) -> bool:
        """One attempt: whether the gateway took the mail in time. Raises `MailFailed`."""
        try:
            async with asyncio.timeout(self._timeout_s):
                await self._gateway.send(to, subject, text)
        except (GatewayBusy, TimeoutError):
            return False
        except GatewayRefused as error:
            raise MailFailed(to) from error
        return True
