"""Shipping labels from a carrier whose gateway is often busy, and now and then down."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import uuid4


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


class LabelDesk:
    """Buys labels. `sleep` waits that many seconds: `asyncio.sleep` in production."""

    def __init__(self, carrier: Carrier, *, sleep: Sleep) -> None:
        self.carrier = carrier
        self.sleep = sleep

    async def label(self, parcel: Parcel) -> Label:
        """A label for the parcel. Asks again, after growing pauses, while the gateway fails."""
        return await self._label(parcel, key=str(uuid4()), pauses_s=(0.25, 0.5, 1.0))

    async def _label(self, parcel: Parcel, key: str, pauses_s: tuple[float, ...]) -> Label:
        try:
            return await self.carrier.create_label(parcel, key=key)
        except CarrierError as error:
            if not pauses_s or error.status < 500:
                raise
        pause_s, *rest = pauses_s
        await self.sleep(pause_s)
        return await self._label(parcel, key, tuple(rest))
