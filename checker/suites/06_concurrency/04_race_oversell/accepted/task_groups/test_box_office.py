"""The test decides which task goes on, one step of the store at a time."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from box_office import BoxOffice, NotYourSeat, Plan, SeatTaken, ShowLocks, Ticket


class StoreOnALead:
    def __init__(self) -> None:
        self.plans: dict[str, Plan] = {
            "matinee": {"front": None, "side": None, "back": "old"},
            "evening": {"front": None},
        }
        self.leads: dict[tuple[str, str], asyncio.Semaphore] = {}
        self.failing: list[str] = []
        self.written: list[Plan] = []

    async def read(self, show: str) -> Plan:
        plan = self.plans[show].copy()
        await self.go("read", show)
        return plan

    async def write(self, show: str, plan: Plan) -> None:
        self.written.append(plan)
        await self.go("write", show)
        self.plans[show] = plan.copy()

    async def go(self, step: str, show: str) -> None:
        if (step, show) in self.leads:
            await self.leads[step, show].acquire()
        if step in self.failing:
            self.failing.remove(step)
            raise OSError(step)


@pytest_asyncio.fixture
async def store() -> AsyncIterator[StoreOnALead]:
    yield StoreOnALead()


@pytest.fixture
def locks() -> ShowLocks:
    return ShowLocks()


@pytest.fixture
def office(store: StoreOnALead, locks: ShowLocks) -> BoxOffice:
    return BoxOffice(store, locks)


@pytest.fixture(params=["the same", "another"])
def second(request: pytest.FixtureRequest, office: BoxOffice, store: StoreOnALead, locks: ShowLocks) -> BoxOffice:
    return office if request.param == "the same" else BoxOffice(store, locks)


@pytest.fixture(params=["read", "write"])
def step(request: pytest.FixtureRequest) -> str:
    return request.param


async def rest() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def attempt(office: BoxOffice, seat: str, buyer: str) -> str:
    try:
        ticket = await office.reserve("matinee", seat, buyer)
    except SeatTaken:
        return "taken"
    assert ticket == Ticket("matinee", seat, buyer)
    return buyer


@pytest.mark.asyncio
async def test_plain(office: BoxOffice, store: StoreOnALead) -> None:
    async with asyncio.timeout(2):
        await plain(office, store)


async def plain(office: BoxOffice, store: StoreOnALead) -> None:
    assert await attempt(office, "front", "kim") == "kim"
    assert store.plans["matinee"] == {"front": "kim", "side": None, "back": "old"}
    assert await attempt(office, "front", "kim") == "taken"
    assert await attempt(office, "front", "lou") == "taken"
    for stranger in ("lou", "old"):
        with pytest.raises(NotYourSeat):
            await office.give_back(Ticket("matinee", "front", stranger))
    with pytest.raises(NotYourSeat):
        await office.give_back(Ticket("matinee", "side", "kim"))
    assert len(store.written) == 1
    await office.give_back(Ticket("matinee", "front", "kim"))
    assert store.plans["matinee"] == {"front": None, "side": None, "back": "old"}


@pytest.mark.asyncio
async def test_done_means_stored(office: BoxOffice, store: StoreOnALead) -> None:
    lead = store.leads["write", "matinee"] = asyncio.Semaphore(0)
    async with asyncio.timeout(2), asyncio.TaskGroup() as group:
        task = group.create_task(attempt(office, "front", "kim"))
        await rest()
        assert not task.done()
        lead.release()


@pytest.mark.asyncio
async def test_front_seat(office: BoxOffice, second: BoxOffice, store: StoreOnALead, step: str) -> None:
    lead = store.leads[step, "matinee"] = asyncio.Semaphore(0)
    async with asyncio.timeout(2), asyncio.TaskGroup() as group:
        kim = group.create_task(attempt(office, "front", "kim"))
        await rest()
        others = [group.create_task(attempt(second, "front", name)) for name in ("lou", "max")]
        await rest()
        for _ in range(3):
            lead.release()
            await rest()
    assert [kim.result(), *(other.result() for other in others)] == ["kim", "taken", "taken"]
    assert store.plans["matinee"]["front"] == "kim"


@pytest.mark.asyncio
@pytest.mark.parametrize("buyer", ["kim", "lou"])
async def test_all_changes_stay(
    office: BoxOffice, second: BoxOffice, store: StoreOnALead, step: str, buyer: str
) -> None:
    lead = store.leads[step, "matinee"] = asyncio.Semaphore(0)
    async with asyncio.timeout(2), asyncio.TaskGroup() as group:
        first = group.create_task(attempt(office, "front", "kim"))
        await rest()
        other = group.create_task(attempt(second, "side", buyer))
        await rest()
        group.create_task(second.give_back(Ticket("matinee", "back", "old")))
        await rest()
        for _ in range(3):
            lead.release()
            await rest()
    assert (first.result(), other.result()) == ("kim", buyer)
    assert store.plans["matinee"] == {"front": "kim", "side": buyer, "back": None}


@pytest.mark.asyncio
async def test_latecomer(office: BoxOffice, second: BoxOffice, store: StoreOnALead, step: str) -> None:
    lead = store.leads[step, "matinee"] = asyncio.Semaphore(0)
    async with asyncio.timeout(2), asyncio.TaskGroup() as group:
        group.create_task(attempt(office, "side", "kim"))
        await rest()
        lou = group.create_task(attempt(second, "front", "lou"))
        await rest()
        lead.release()
        await rest()
        max_ = group.create_task(attempt(office, "front", "max"))
        await rest()
        lead.release()
        lead.release()
    assert sorted([lou.result(), max_.result()]) == ["lou", "taken"]


@pytest.mark.asyncio
async def test_evening_is_sold_meanwhile(office: BoxOffice, store: StoreOnALead, step: str) -> None:
    lead = store.leads[step, "matinee"] = asyncio.Semaphore(0)
    async with asyncio.TaskGroup() as group:
        matinee = group.create_task(attempt(office, "front", "kim"))
        await rest()
        evening = group.create_task(office.reserve("evening", "front", "kim"))
        await rest()
        over = evening.done(), matinee.done()
        lead.release()
    assert over == (True, False)
    assert evening.result() == Ticket("evening", "front", "kim")


@pytest.mark.asyncio
async def test_failures(office: BoxOffice, store: StoreOnALead, step: str) -> None:
    lead = store.leads[step, "matinee"] = asyncio.Semaphore(0)
    store.failing = [step]
    kim = asyncio.create_task(attempt(office, "front", "kim"))
    await rest()
    lou = asyncio.create_task(attempt(office, "front", "lou"))
    await rest()
    for _ in range(2):
        lead.release()
        await rest()
    assert kim.done() and lou.done()
    with pytest.raises(OSError, match=step):
        await kim
    assert await lou == "lou"


@pytest.mark.asyncio
async def test_failures_of_giving_back(office: BoxOffice, store: StoreOnALead, step: str) -> None:
    store.failing = [step]
    with pytest.raises(OSError, match=step):
        await office.give_back(Ticket("matinee", "back", "old"))
    async with asyncio.timeout(2):
        assert await attempt(office, "front", "kim") == "kim"
