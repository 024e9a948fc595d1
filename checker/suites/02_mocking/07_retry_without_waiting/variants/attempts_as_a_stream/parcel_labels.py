"""Shipping labels from a carrier whose gateway is often busy, and now and then down."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4

_ATTEMPTS = 4
_FIRST_PAUSE_S = 0.25


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is to be sent."""

    number: int
    weight_g: int


@dataclass(frozen=True, slots=True)
class Label:
    """What the carrier sells: a label to stick on a parcel."""

    tracking: str
    pdf: bytes


class CarrierError(Exception):
    """The carrier's gateway refused (status 400 to 499) or failed (500 and above)."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Carrier(Protocol):
    """The carrier's gateway. A key that it has seen before gets the same label, paid for once."""

    async def create_label(self, parcel: Parcel, *, key: str) -> Label:
        """Buy a label. Raises `CarrierError`."""


Sleep = Callable[[float], Awaitable[None]]


async def _turns(sleep: Sleep) -> AsyncIterator[bool]:
    """One item an attempt, after its pause: whether another one may follow."""
    yield True
    pause_s = _FIRST_PAUSE_S
    for turn in range(2, _ATTEMPTS + 1):
        await sleep(pause_s)
        pause_s += pause_s
        yield turn != _ATTEMPTS


class LabelDesk:
    """Buys labels. `sleep` waits that many seconds: `asyncio.sleep` in production."""

    def __init__(self, carrier: Carrier, *, sleep: Sleep) -> None:
        self._carrier, self._sleep = carrier, sleep

    async def label(self, parcel: Parcel) -> Label:
        """A label for the parcel. Asks again, after growing pauses, while the gateway fails."""
        key = uuid4().urn
        async with aclosing(_turns(self._sleep)) as turns:
            async for more in turns:
                try:
                    return await self._carrier.create_label(parcel, key=key)
                except CarrierError as error:
                    if more and error.status >= 500:
                        continue
                    raise
        raise AssertionError("unreachable")
