"""Crowds at the box offices."""

import asyncio
from typing import Any

import pytest

from box_office import BoxOffice, NotYourSeat, Plan, SeatTaken, ShowLocks, Ticket

pytestmark = pytest.mark.asyncio


class MemoryStore:
    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {
            "Hamlet": {f"A{n}": None for n in range(6)} | {"B1": "max"},
            "Faust": {"A0": None},
        }
        self.errors: dict[str, Exception] = {}
        self.writes = 0

    async def read(self, show: str) -> Plan:
        plan = dict(self.plans[show])
        await asyncio.sleep(0.001)
        if "read" in self.errors:
            raise self.errors.pop("read")
        return plan

    async def write(self, show: str, plan: Plan) -> None:
        self.writes += 1
        await asyncio.sleep(0.001)
        if "write" in self.errors:
            raise self.errors.pop("write")
        self.plans[show] = dict(plan)


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
def offices(store: MemoryStore) -> list[BoxOffice]:
    locks = ShowLocks()
    return [BoxOffice(store, locks) for _ in range(5)]


async def all_at_once(calls: list[Any]) -> list[Any]:
    async with asyncio.timeout(2):
        return await asyncio.gather(*calls, return_exceptions=True)


async def test_six_buyers_one_seat(store: MemoryStore, offices: list[BoxOffice]) -> None:
    calls = [offices[n % 5].reserve("Hamlet", "A0", f"buyer {n}") for n in range(6)]
    results = await all_at_once(calls)

    tickets = [result for result in results if isinstance(result, Ticket)]
    assert len(tickets) == 1
    assert len([result for result in results if isinstance(result, SeatTaken)]) == 5
    assert tickets == [Ticket("Hamlet", "A0", str(store.plans["Hamlet"]["A0"]))]


async def test_six_buyers_six_seats(store: MemoryStore, offices: list[BoxOffice]) -> None:
    calls = [offices[n % 5].reserve("Hamlet", f"A{n}", f"buyer {n}") for n in range(6)]
    results = await all_at_once([*calls, offices[0].give_back(Ticket("Hamlet", "B1", "max"))])

    assert results == [*(Ticket("Hamlet", f"A{n}", f"buyer {n}") for n in range(6)), None]
    assert store.plans["Hamlet"] == {f"A{n}": f"buyer {n}" for n in range(6)} | {"B1": None}
    assert store.plans["Faust"] == {"A0": None}


async def test_both_shows(store: MemoryStore, offices: list[BoxOffice]) -> None:
    calls = [offices[0].reserve(show, "A0", "kim") for show in ("Hamlet", "Faust")]
    assert await all_at_once(calls) == [Ticket("Hamlet", "A0", "kim"), Ticket("Faust", "A0", "kim")]


@pytest.mark.parametrize("buyer", ["kim", "max"])
async def test_taken(store: MemoryStore, offices: list[BoxOffice], buyer: str) -> None:
    with pytest.raises(SeatTaken):
        await offices[0].reserve("Hamlet", "B1", buyer)
    assert store.writes == 0
    async with asyncio.timeout(2):
        await offices[0].reserve("Hamlet", "A1", buyer)


@pytest.mark.parametrize("seat", ["A1", "B1"])
async def test_not_yours(store: MemoryStore, offices: list[BoxOffice], seat: str) -> None:
    with pytest.raises(NotYourSeat):
        await offices[0].give_back(Ticket("Hamlet", seat, "kim"))
    assert store.writes == 0


@pytest.mark.parametrize("step", ["read", "write"])
async def test_errors(store: MemoryStore, offices: list[BoxOffice], step: str) -> None:
    error = store.errors[step] = ConnectionError()
    calls = [offices[0].reserve("Hamlet", "A1", "kim"), offices[0].reserve("Hamlet", "A2", "lou")]
    assert await all_at_once(calls) == [error, Ticket("Hamlet", "A2", "lou")]

    error = store.errors[step] = ConnectionError()
    calls = [offices[0].give_back(Ticket("Hamlet", "A2", "lou"))] * 1
    assert await all_at_once(calls) == [error]
