"""The box offices of a theatre. They sell the seats of a show from one plan, which lives in a store.

A store knows whole plans only: who changes one seat reads the plan, and writes all of it again.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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
    """Which shows somebody is busy with. All offices of a house share it."""

    def __init__(self) -> None:
        self.busy: set[str] = set()
        self.changed = asyncio.Condition()


class BoxOffice:
    """Sells seats and takes them back. Offices with the same store must have the same `locks`."""

    def __init__(self, store: SeatStore, locks: ShowLocks) -> None:
        self._store, self._house = store, locks

    @asynccontextmanager
    async def _plan(self, show: str) -> AsyncIterator[Plan]:
        """The plan of a show, for nobody else meanwhile. It is written if it was changed."""
        house = self._house
        async with house.changed:
            await house.changed.wait_for(lambda: show not in house.busy)
            house.busy.add(show)
        try:
            before = await self._store.read(show)
            plan = before.copy()
            yield plan
            if plan != before:
                await self._store.write(show, plan)
        finally:
            async with house.changed:
                house.busy.remove(show)
                house.changed.notify_all()

    async def reserve(self, show: str, seat: str, buyer: str) -> Ticket:
        """Sell a free seat. Raises `SeatTaken`."""
        async with self._plan(show) as plan:
            if plan[seat] is not None:
                raise SeatTaken
            plan[seat] = buyer
        return Ticket(show, seat, buyer)

    async def give_back(self, ticket: Ticket) -> None:
        """Make the seat of a ticket free again. Raises `NotYourSeat`."""
        await self._pass_on(ticket.show, ticket.seat, ticket.buyer, None)

    async def _pass_on(self, show: str, seat: str, owner: str, heir: None) -> None:
        async with self._plan(show) as plan:
            if plan[seat] != owner:
                raise NotYourSeat
            plan[seat] = heir
