"""Shipping labels from a carrier whose gateway is often busy, and now and then down."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from secrets import token_hex
from typing import Protocol

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


class LabelDesk:
    """Buys labels. `sleep` waits that many seconds: `asyncio.sleep` in production."""

    def __init__(self, carrier: Carrier, *, sleep: Sleep) -> None:
        self._buy = carrier.create_label
        self._pause = sleep

    async def label(self, parcel: Parcel) -> Label:
        """A label for the parcel. Asks again, after growing pauses, while the gateway fails."""
        key = f"{parcel.number}/{token_hex(8)}"
        failure: CarrierError | None = None
        attempt = 0
        while attempt < _ATTEMPTS:
            if failure is not None:
                await self._pause(_FIRST_PAUSE_S * 2 ** (attempt - 1))
            attempt += 1
            try:
                label = await self._buy(parcel, key=key)
            except CarrierError as error:
                if error.status // 100 <= 4:
                    raise
                failure = error
            else:
                return label
        assert failure is not None
        raise failure
