import asyncio
from typing import Any
from unittest.mock import AsyncMock

import pytest

from box_office import BoxOffice, NotYourSeat, SeatTaken, ShowLocks, Ticket


class Broken(Exception):
    pass


def make_store(**shows: dict[str, str | None]) -> AsyncMock:
    """A mock whose effects wait for `store.gate[method, show]`, when there is one."""
    store = AsyncMock(spec_set=["read", "write", "gate", "shows"])
    store.gate, store.shows = {}, shows

    async def pass_gate(method: str, show: str) -> None:
        gate = store.gate.get((method, show))
        if isinstance(gate, Exception):
            del store.gate[method, show]
            raise gate
        if gate is not None:
            await gate.wait()

    async def read(show: str) -> dict[str, str | None]:
        answer = dict(store.shows[show])
        await pass_gate("read", show)
        return answer

    async def write(show: str, plan: dict[str, str | None]) -> None:
        await pass_gate("write", show)
        store.shows[show] = dict(plan)

    store.read.side_effect, store.write.side_effect = read, write
    return store


async def spin() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def all_of(*tasks: asyncio.Task[Any]) -> list[Any]:
    async with asyncio.timeout(1):
        return await asyncio.gather(*tasks, return_exceptions=True)


async def race(store: AsyncMock, step: str, *calls: Any) -> list[Any]:
    gate = store.gate[step, "Cats"] = asyncio.Event()
    tasks = []
    for call in calls:
        tasks.append(asyncio.create_task(call))
        await spin()
    gate.set()
    return await all_of(*tasks)


@pytest.mark.asyncio
async def test_selling_and_giving_back() -> None:
    store = make_store(Cats={"1": None, "2": "ann", "3": None})
    office = BoxOffice(store, ShowLocks())

    ticket = await office.reserve("Cats", "1", "bob")
    assert ticket == Ticket("Cats", "1", "bob")
    assert store.shows["Cats"] == {"1": "bob", "2": "ann", "3": None}

    await office.give_back(ticket)
    assert store.shows["Cats"] == {"1": None, "2": "ann", "3": None}


@pytest.mark.asyncio
@pytest.mark.parametrize("buyer", ["ann", "bob"])
async def test_taken(buyer: str) -> None:
    store = make_store(Cats={"1": "ann"})
    with pytest.raises(SeatTaken):
        await BoxOffice(store, ShowLocks()).reserve("Cats", "1", buyer)
    store.write.assert_not_called()


@pytest.mark.asyncio
@pytest.mark.parametrize("owner", ["ann", None])
async def test_not_yours(owner: str | None) -> None:
    store = make_store(Cats={"1": owner})
    with pytest.raises(NotYourSeat):
        await BoxOffice(store, ShowLocks()).give_back(Ticket("Cats", "1", "bob"))
    store.write.assert_not_called()


@pytest.mark.asyncio
@pytest.mark.parametrize("step", ["read", "write"])
@pytest.mark.parametrize("second", [0, 1])
async def test_races(step: str, second: int) -> None:
    store, locks = make_store(Cats={"1": None, "2": None, "3": "cid"}), ShowLocks()
    offices = [BoxOffice(store, locks), BoxOffice(store, locks)]

    results = await race(
        store,
        step,
        offices[0].reserve("Cats", "1", "ann"),
        offices[second].reserve("Cats", "1", "bob"),
        offices[second].reserve("Cats", "2", "ann"),
        offices[0].give_back(Ticket("Cats", "3", "cid")),
    )

    assert results[0] == Ticket("Cats", "1", "ann")
    assert isinstance(results[1], SeatTaken)
    assert results[2:] == [Ticket("Cats", "2", "ann"), None]
    assert store.shows["Cats"] == {"1": "ann", "2": "ann", "3": None}


@pytest.mark.asyncio
async def test_one_buyer_two_seats_two_buyers_two_seats() -> None:
    store = make_store(Cats={"1": None, "2": None, "3": None})
    office = BoxOffice(store, ShowLocks())
    await race(
        store,
        "write",
        office.reserve("Cats", "1", "ann"),
        office.reserve("Cats", "2", "ann"),
        office.reserve("Cats", "3", "bob"),
    )
    assert store.shows["Cats"] == {"1": "ann", "2": "ann", "3": "bob"}


@pytest.mark.asyncio
async def test_a_third_one() -> None:
    store = make_store(Cats={"1": None, "2": None})
    office = BoxOffice(store, ShowLocks())
    first_gate = store.gate["read", "Cats"] = asyncio.Event()
    first = asyncio.create_task(office.reserve("Cats", "1", "ann"))
    await spin()
    second = asyncio.create_task(office.reserve("Cats", "2", "bob"))
    await spin()
    second_gate = store.gate["read", "Cats"] = asyncio.Event()
    first_gate.set()
    await all_of(first)
    await spin()
    third = asyncio.create_task(office.reserve("Cats", "2", "cid"))
    await spin()
    second_gate.set()
    results = await all_of(second, third)
    assert [type(result) for result in results].count(Ticket) == 1
    assert [type(result) for result in results].count(SeatTaken) == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("step", ["read", "write"])
async def test_the_other_show_goes_on(step: str) -> None:
    store = make_store(Cats={"1": None}, Rent={"1": None})
    office = BoxOffice(store, ShowLocks())
    gate = store.gate[step, "Cats"] = asyncio.Event()
    cats = asyncio.create_task(office.reserve("Cats", "1", "ann"))
    await spin()

    async with asyncio.timeout(1):
        assert await office.reserve("Rent", "1", "ann") == Ticket("Rent", "1", "ann")
        await office.give_back(Ticket("Rent", "1", "ann"))

    assert not cats.done()
    gate.set()
    await all_of(cats)


@pytest.mark.asyncio
@pytest.mark.parametrize("step", ["read", "write"])
async def test_broken_store(step: str) -> None:
    store = make_store(Cats={"1": None, "2": None, "3": None})
    office = BoxOffice(store, ShowLocks())
    error = Broken()
    store.gate["write" if step == "read" else "read", "Cats"] = gate = asyncio.Event()
    store.gate[step, "Cats"] = error
    first = asyncio.create_task(office.reserve("Cats", "1", "ann"))
    second = asyncio.create_task(office.reserve("Cats", "1", "bob"))
    await spin()
    gate.set()
    results = await all_of(first, second)
    assert results == [error, Ticket("Cats", "1", "bob")]

    store.gate[step, "Cats"] = error
    with pytest.raises(Broken):
        await office.give_back(results[1])
    async with asyncio.timeout(1):
        await office.give_back(results[1])


@pytest.mark.asyncio
async def test_after_refusals() -> None:
    store = make_store(Cats={"1": "ann", "2": None})
    office = BoxOffice(store, ShowLocks())
    with pytest.raises(SeatTaken):
        await office.reserve("Cats", "1", "bob")
    async with asyncio.timeout(1):
        with pytest.raises(NotYourSeat):
            await office.give_back(Ticket("Cats", "1", "bob"))
        await office.reserve("Cats", "2", "bob")
