"""The box offices of a theatre. They sell the seats of a show from one plan, which lives in a store.

A store knows whole plans only: who changes one seat reads the plan, and writes all of it again.
"""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

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


Job = Callable[[], Coroutine[Any, Any, None]]


class ShowLocks:
    """The desks of a house: each show has a list of jobs, and a clerk while there are any."""

    def __init__(self) -> None:
        self._jobs: dict[str, list[tuple[Job, asyncio.Future[None]]]] = {}
        self._clerks: set[asyncio.Task[None]] = set()

    async def run(self, show: str, job: Job) -> None:
        """Have `job` done when all earlier ones of `show` are."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if show in self._jobs:
            self._jobs[show].append((job, done))
        else:
            self._jobs[show] = [(job, done)]
            clerk = asyncio.create_task(self._serve(show))
            self._clerks.add(clerk)
            clerk.add_done_callback(self._clerks.discard)
        await done

    async def _serve(self, show: str) -> None:
        jobs = self._jobs[show]
        while jobs:
            job, done = jobs.pop(0)
            try:
                await job()
            except Exception as error:
                if not done.done():
                    done.set_exception(error)
            else:
                if not done.done():
                    done.set_result(None)
        del self._jobs[show]


class BoxOffice:
    """Sells seats and takes them back. Offices with the same store must have the same `locks`."""

    def __init__(self, store: SeatStore, locks: ShowLocks) -> None:
        self._store = store
        self._desks = locks

    async def reserve(self, show: str, seat: str, buyer: str) -> Ticket:
        """Sell a free seat. Raises `SeatTaken`."""

        async def sell() -> None:
            plan = await self._store.read(show)
            if plan[seat]:
                raise SeatTaken(seat)
            await self._store.write(show, plan | {seat: buyer})

        await self._desks.run(show, sell)
        return Ticket(show, seat, buyer)

    async def give_back(self, ticket: Ticket) -> None:
        """Make the seat of a ticket free again. Raises `NotYourSeat`."""

        async def take_back() -> None:
            plan = await self._store.read(ticket.show)
            if plan[ticket.seat] != ticket.buyer:
                raise NotYourSeat(ticket.seat)
            await self._store.write(ticket.show, plan | {ticket.seat: None})

        await self._desks.run(ticket.show, take_back)
