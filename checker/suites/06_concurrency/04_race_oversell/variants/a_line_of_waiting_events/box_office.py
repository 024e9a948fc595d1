"""The box offices of a theatre. They sell the seats of a show from one plan, which lives in a store.

A store knows whole plans only: who changes one seat reads the plan, and writes all of it again.
"""

import asyncio
from collections import deque
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
    """A line of people for each show. All offices of a house share them."""

    def __init__(self) -> None:
        self._lines: dict[str, deque[asyncio.Event]] = {}

    @asynccontextmanager
    async def turn(self, show: str) -> AsyncIterator[None]:
        """Wait in the line of `show`, and leave it at the end."""
        line = self._lines.setdefault(show, deque())
        mine = asyncio.Event()
        line.append(mine)
        try:
            if line[0] is not mine:
                await mine.wait()
            yield
        finally:
            line.remove(mine)
            if line:
                line[0].set()
            else:
                self._lines.pop(show, None)


class BoxOffice:
    """Sells seats and takes them back. Offices with the same store must have the same `locks`."""

    def __init__(self, store: SeatStore, locks: ShowLocks) -> None:
        self._store = store
        self._locks = locks

    async def reserve(self, show: str, seat: str, buyer: str) -> Ticket:
        """Sell a free seat. Raises `SeatTaken`."""
        async with self._locks.turn(show):
            plan = await self._store.read(show)
            if plan[seat] is not None:
                raise SeatTaken(f"{show}, {seat}")
            plan[seat] = buyer
            await self._store.write(show, plan)
        return Ticket(show, seat, buyer)

    async def give_back(self, ticket: Ticket) -> None:
        """Make the seat of a ticket free again. Raises `NotYourSeat`."""
        async with self._locks.turn(ticket.show):
            plan = await self._store.read(ticket.show)
            if plan[ticket.seat] != ticket.buyer:
                raise NotYourSeat(f"{ticket.show}, {ticket.seat}")
            plan[ticket.seat] = None
            await self._store.write(ticket.show, plan)
