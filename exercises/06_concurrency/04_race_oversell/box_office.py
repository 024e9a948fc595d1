"""The box offices of a theatre. They sell a show's seats from one plan, which lives in a store.

A store knows whole plans only: who changes one seat reads the plan, and writes all of it again.
"""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from typing import Protocol

Plan = dict[str, str | None]
"""The buyer of each seat of a show, or None where the seat is free."""


class SeatStore(Protocol):
    """Where the plans are kept: a service of its own in production."""

    async def read(self, show: str) -> Plan:
        """A copy of the plan of `show`, as it was last written."""

    async def write(self, show: str, plan: Plan) -> None:
        """Keep `plan` as the plan of `show`, in place of the one before."""


class SeatTaken(Exception):
    """The seat has a buyer already."""


class NotYourSeat(Exception):
    """The seat has another buyer than the ticket says, or none."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A seat that was sold."""

    show: str
    seat: str
    buyer: str


class ShowLocks:
    """One lock for each show. All offices of a house share them."""

    def __init__(self) -> None:
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def of(self, show: str) -> asyncio.Lock:
        """The lock of `show`, the same for everybody."""
        return self._locks[show]


class BoxOffice:
    """Sells seats and takes them back. Offices with the same store must have the same `locks`."""

    def __init__(self, store: SeatStore, locks: ShowLocks) -> None:
        self._store = store
        self._locks = locks

    async def reserve(self, show: str, seat: str, buyer: str) -> Ticket:
        """Sell a free seat. Raises `SeatTaken`."""
        if not await self._pass_on(show, seat, None, buyer):
            raise SeatTaken
        return Ticket(show, seat, buyer)

    async def give_back(self, ticket: Ticket) -> None:
        """Make the seat of a ticket free again. Raises `NotYourSeat`."""
        if not await self._pass_on(ticket.show, ticket.seat, ticket.buyer, None):
            raise NotYourSeat

    async def _pass_on(self, show: str, seat: str, owner: str | None, heir: str | None) -> bool:
        """Let a seat go from `owner` to `heir`. False, and no change, if `owner` has it not."""
        async with self._locks.of(show):
            plan = await self._store.read(show)
            if plan[seat] != owner:
                return False
            await self._store.write(show, {**plan, seat: heir})
            return True
