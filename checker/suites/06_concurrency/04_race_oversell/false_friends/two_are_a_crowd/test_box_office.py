"""What the box offices do, one call after the other and several at the same moment."""

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from box_office import BoxOffice, NotYourSeat, Plan, SeatTaken, ShowLocks, Ticket

pytestmark = pytest.mark.asyncio

STEPS = pytest.mark.parametrize("step", ["read", "write"])
OFFICES = pytest.mark.parametrize("shared", [True, False], ids=["one-office", "two-offices"])


class HeldStore:
    """Plans in memory. The test can hold a step of a show, or let it fail.

    A read that is held has looked already, and its answer is on its way; a write that is held has
    not been done yet. Those are the moments at which somebody else must not come in between.
    """

    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {
            "Hamlet": {"A1": None, "A2": None, "A3": "max"},
            "Faust": {"A1": None},
        }
        self.gates: dict[tuple[str, str], asyncio.Event] = {}
        self.errors: dict[str, Exception] = {}
        self.writes = 0

    def hold(self, step: str, show: str = "Hamlet") -> asyncio.Event:
        """From now on, `step` of `show` waits until the event is set."""
        gate = self.gates[step, show] = asyncio.Event()
        return gate

    async def read(self, show: str) -> Plan:
        plan = dict(self.plans[show])
        await self._pass("read", show)
        return plan

    async def write(self, show: str, plan: Plan) -> None:
        self.writes += 1
        await self._pass("write", show)
        self.plans[show] = dict(plan)

    async def _pass(self, step: str, show: str) -> None:
        if (step, show) in self.gates:
            await self.gates[step, show].wait()
        if step in self.errors:
            raise self.errors.pop(step)


class House:
    """A store, two offices with the same locks, and what was begun in them."""

    def __init__(self) -> None:
        self.store = HeldStore()
        locks = ShowLocks()
        self.office = BoxOffice(self.store, locks)
        self.other_office = BoxOffice(self.store, locks)

    async def begin(self, call: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start a call, and let everything run until it waits."""
        task = asyncio.create_task(call)
        await turns()
        return task


async def turns() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


def outcome(task: asyncio.Task[Any]) -> Any:
    """The result of a call that must be over by now, or the class of its error."""
    assert task.done(), "still waiting"
    return type(task.exception()) if task.exception() else task.result()


@pytest.fixture
def house() -> House:
    return House()


async def test_a_free_seat_is_sold(house: House) -> None:
    ticket = await house.office.reserve("Hamlet", "A1", "kim")

    assert ticket == Ticket("Hamlet", "A1", "kim")
    assert house.store.plans == {
        "Hamlet": {"A1": "kim", "A2": None, "A3": "max"},
        "Faust": {"A1": None},
    }


@pytest.mark.parametrize("buyer", ["kim", "max"])
async def test_a_taken_seat_is_refused(house: House, buyer: str) -> None:
    with pytest.raises(SeatTaken):
        await house.office.reserve("Hamlet", "A3", buyer)

    assert house.store.writes == 0


async def test_a_seat_is_given_back(house: House) -> None:
    ticket = await house.office.reserve("Hamlet", "A1", "kim")

    await house.other_office.give_back(ticket)

    assert house.store.plans["Hamlet"] == {"A1": None, "A2": None, "A3": "max"}


@pytest.mark.parametrize("seat", ["A1", "A3"], ids=["free", "another-buyer"])
async def test_only_the_buyer_gives_a_seat_back(house: House, seat: str) -> None:
    with pytest.raises(NotYourSeat):
        await house.office.give_back(Ticket("Hamlet", seat, "kim"))

    assert house.store.writes == 0


async def test_a_call_ends_when_the_plan_is_stored(house: House) -> None:
    gate = house.store.hold("write")
    selling = await house.begin(house.office.reserve("Hamlet", "A1", "kim"))
    assert not selling.done()
    gate.set()
    await turns()

    gate = house.store.hold("write")
    returning = await house.begin(house.office.give_back(outcome(selling)))
    assert not returning.done()
    gate.set()
    await turns()

    assert outcome(returning) is None


@STEPS
@OFFICES
async def test_one_seat_has_one_buyer(house: House, step: str, shared: bool) -> None:
    second_office = house.office if shared else house.other_office
    gate = house.store.hold(step)
    kim = await house.begin(house.office.reserve("Hamlet", "A1", "kim"))
    lou = await house.begin(second_office.reserve("Hamlet", "A1", "lou"))

    gate.set()
    await turns()

    assert (outcome(kim), outcome(lou)) == (Ticket("Hamlet", "A1", "kim"), SeatTaken)
    assert house.store.plans["Hamlet"] == {"A1": "kim", "A2": None, "A3": "max"}


@STEPS
@OFFICES
@pytest.mark.parametrize("buyer", ["kim", "lou"])
async def test_no_seat_of_a_plan_is_lost(house: House, step: str, shared: bool, buyer: str) -> None:
    second_office = house.office if shared else house.other_office
    gate = house.store.hold(step)
    first = await house.begin(house.office.reserve("Hamlet", "A1", "kim"))
    second = await house.begin(second_office.reserve("Hamlet", "A2", buyer))
    back = await house.begin(second_office.give_back(Ticket("Hamlet", "A3", "max")))

    gate.set()
    await turns()

    assert outcome(first) == Ticket("Hamlet", "A1", "kim")
    assert outcome(second) == Ticket("Hamlet", "A2", buyer)
    assert outcome(back) is None
    assert house.store.plans["Hamlet"] == {"A1": "kim", "A2": buyer, "A3": None}


@STEPS
@OFFICES
async def test_another_show_does_not_wait(house: House, step: str, shared: bool) -> None:
    second_office = house.office if shared else house.other_office
    gate = house.store.hold(step)
    hamlet = await house.begin(house.office.reserve("Hamlet", "A1", "kim"))

    faust = await house.begin(second_office.reserve("Faust", "A1", "kim"))
    assert outcome(faust) == Ticket("Faust", "A1", "kim")
    back = await house.begin(second_office.give_back(outcome(faust)))
    assert outcome(back) is None

    assert not hamlet.done()
    gate.set()
    await turns()
    assert outcome(hamlet) == Ticket("Hamlet", "A1", "kim")


@STEPS
async def test_an_error_reaches_its_caller_and_stops_nobody_else(house: House, step: str) -> None:
    error = ConnectionError("the store is away")
    house.store.errors[step] = error
    gate = house.store.hold(step)
    kim = await house.begin(house.office.reserve("Hamlet", "A1", "kim"))
    lou = await house.begin(house.office.reserve("Hamlet", "A1", "lou"))

    gate.set()
    await turns()
    eve = await house.begin(house.office.reserve("Hamlet", "A2", "eve"))

    assert kim.done() and kim.exception() is error
    assert outcome(lou) == Ticket("Hamlet", "A1", "lou")
    assert outcome(eve) == Ticket("Hamlet", "A2", "eve")


@STEPS
async def test_an_error_while_giving_back(house: House, step: str) -> None:
    house.store.errors[step] = error = ConnectionError("the store is away")

    failed = await house.begin(house.office.give_back(Ticket("Hamlet", "A3", "max")))
    again = await house.begin(house.office.give_back(Ticket("Hamlet", "A3", "max")))

    assert failed.done() and failed.exception() is error
    assert outcome(again) is None


async def test_a_refusal_stops_nobody_else(house: House) -> None:
    gate = house.store.hold("read")
    taken = await house.begin(house.office.reserve("Hamlet", "A3", "kim"))
    not_yours = await house.begin(house.office.give_back(Ticket("Hamlet", "A3", "kim")))
    lou = await house.begin(house.office.reserve("Hamlet", "A1", "lou"))

    gate.set()
    await turns()

    assert (outcome(taken), outcome(not_yours)) == (SeatTaken, NotYourSeat)
    assert outcome(lou) == Ticket("Hamlet", "A1", "lou")
