import asyncio
from typing import Any

import pytest

from box_office import BoxOffice, Plan, ShowLocks, Ticket

pytestmark = pytest.mark.asyncio


class Store:
    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {"S": {"1": None, "2": None, "3": "x", "4": "y"}, "T": {"1": None, "2": None}}
        self.gate = asyncio.Event()
        self.broken = ""

    async def read(self, show: str) -> Plan:
        plan = dict(self.plans[show])
        if show == "S":
            await self.gate.wait()
        if self.broken == "read":
            raise OSError
        return plan

    async def write(self, show: str, plan: Plan) -> None:
        if self.broken == "write":
            raise OSError
        self.plans[show] = plan


async def play(store: Store, *calls: Any) -> list[bool]:
    tasks = []
    for call in calls:
        tasks.append(asyncio.create_task(call))
        for _ in range(20):
            await asyncio.sleep(0)
    done = [task.done() for task in tasks]
    store.gate.set()
    for _ in range(50):
        await asyncio.sleep(0)
    await asyncio.gather(*tasks, return_exceptions=True)
    return done


async def test_one_person_two_seats() -> None:
    store = Store()
    office = BoxOffice(store, ShowLocks())
    await play(store, office.reserve("S", "1", "a"), office.reserve("S", "2", "a"))
    assert store.plans["S"]["1"] == store.plans["S"]["2"] == "a"


async def test_two_returns() -> None:
    store = Store()
    office = BoxOffice(store, ShowLocks())
    await play(store, office.give_back(Ticket("S", "3", "x")), office.give_back(Ticket("S", "4", "y")))
    assert store.plans["S"]["3"] is store.plans["S"]["4"] is None


@pytest.mark.parametrize(("seat", "buyer"), [("1", "b"), ("2", "a")])
async def test_another_show(seat: str, buyer: str) -> None:
    store = Store()
    office = BoxOffice(store, ShowLocks())
    assert await play(store, office.reserve("S", "1", "a"), office.reserve("T", seat, buyer)) == [False, True]


@pytest.mark.parametrize("step", ["read", "write"])
async def test_an_error(step: str) -> None:
    store = Store()
    store.gate.set()
    store.broken = step
    with pytest.raises(OSError):
        await BoxOffice(store, ShowLocks()).reserve("S", "1", "a")
