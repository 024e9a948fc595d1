"""The counter of a parcel shop: parcels come in, get a label, and are handed out once."""

import asyncio
from dataclasses import dataclass, field


class UnknownLabel(Exception):
    """No parcel with this label lies on the shelf."""


@dataclass(slots=True)
class ParcelDesk:
    """A shelf of parcels by label. Several clerks may use it at once."""

    prefix: str = "P"
    _shelf: dict[str, str] = field(default_factory=dict)
    _count: int = 0
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def accept(self, recipient: str) -> str:
        """Put a parcel for `recipient` on the shelf and return its label, such as `P-0001`."""
        async with self._lock:
            self._count += 1
            label = f"{self.prefix}-{self._count:04}"
            self._shelf[label] = recipient
            return label

    async def hand_out(self, label: str) -> str:
        """Take a parcel off the shelf and return its recipient. Raises `UnknownLabel`."""
        async with self._lock:
            if label not in self._shelf:
                raise UnknownLabel(label)
            return self._shelf.pop(label)
