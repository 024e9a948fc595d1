import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from box_office import BoxOffice, NotYourSeat, SeatTaken, ShowLocks, Ticket

Offices = tuple[BoxOffice, BoxOffice]


class SlowStore:
    """Every step takes many turns of the loop: long enough for all others to get wherever they can."""

    def __init__(self, slow: str = "read write") -> None:
        self.data = {"S": {"1": None, "2": None, "3": "old"}, "T": {"1": None}}
        self.slow = slow
        self.log: list[str] = []
        self.stopped: str | None = None  # "read S" or "write S" never ends
        self.broken: dict[str, Exception] = {}

    async def step(self, name: str, show: str) -> None:
        self.log.append(name)
        if name in self.broken:
            raise self.broken.pop(name)
        if self.stopped == f"{name} {show}":
            await asyncio.get_running_loop().create_future()
        if name in self.slow:
            for _ in range(60):
                await asyncio.sleep(0)

    async def read(self, show: str) -> Any:
        plan = self.data[show].copy()
        await self.step("read", show)
        return plan

    async def write(self, show: str, plan: Any) -> None:
        await self.step("write", show)
        self.data[show] = plan.copy()


def play(store: SlowStore, *calls: Callable[[Offices], Awaitable[Any]], gap: int = 0) -> list[Any]:
    """Run calls side by side, `gap` turns apart. A call that never ends gives None here and "stuck"."""

    async def main() -> list[Any]:
        locks = ShowLocks()
        offices = BoxOffice(store, locks), BoxOffice(store, locks)
        tasks = []
        for call in calls:
            tasks.append(asyncio.ensure_future(call(offices)))
            for _ in range(gap):
                await asyncio.sleep(0)
        for _ in range(600):
            await asyncio.sleep(0)
        results: list[Any] = []
        for task in tasks:
            if not task.done():
                results.append("stuck")
                task.cancel()
            else:
                results.append(task.exception() or task.result())
        await asyncio.gather(*tasks, return_exceptions=True)
        return results

    return asyncio.run(main())


def sell(seat: str, who: str, office: int = 0, show: str = "S") -> Callable[[Offices], Awaitable[Any]]:
    return lambda offices: offices[office].reserve(show, seat, who)


def back(seat: str, who: str, office: int = 0, show: str = "S") -> Callable[[Offices], Awaitable[Any]]:
    return lambda offices: offices[office].give_back(Ticket(show, seat, who))


def kinds(results: list[Any]) -> list[str]:
    return sorted(type(result).__name__ for result in results)


def test_one_sale() -> None:
    store = SlowStore()
    assert play(store, sell("1", "me")) == [Ticket("S", "1", "me")]
    assert store.data == {"S": {"1": "me", "2": None, "3": "old"}, "T": {"1": None}}


def test_one_return() -> None:
    store = SlowStore()
    assert play(store, back("3", "old")) == [None]
    assert store.data["S"] == {"1": None, "2": None, "3": None}


def test_stored_before_it_returns() -> None:
    for call in (sell("1", "me"), back("3", "old")):
        store = SlowStore()
        store.stopped = "write S"
        assert play(store, call) == ["stuck"]


@pytest.mark.parametrize("call", [sell("3", "old"), sell("3", "me")])
def test_refused(call: Any) -> None:
    store = SlowStore()
    refused, served = play(store, call, sell("1", "me"))
    assert isinstance(refused, SeatTaken)
    assert served == Ticket("S", "1", "me")
    assert store.log.count("write") == 1


@pytest.mark.parametrize("call", [back("3", "me"), back("1", "me")])
def test_not_taken_back(call: Any) -> None:
    store = SlowStore()
    refused, served = play(store, call, sell("1", "me"))
    assert isinstance(refused, NotYourSeat)
    assert served == Ticket("S", "1", "me")
    assert store.log.count("write") == 1


@pytest.mark.parametrize("slow", ["read", "write"])
@pytest.mark.parametrize("gap", [0, 10])
@pytest.mark.parametrize("office", [0, 1])
def test_same_seat(slow: str, gap: int, office: int) -> None:
    store = SlowStore(slow)
    results = play(store, sell("1", "a"), sell("1", "b", office), sell("1", "c"), gap=gap)
    assert kinds(results) == ["SeatTaken", "SeatTaken", "Ticket"]
    winner = next(result for result in results if isinstance(result, Ticket))
    assert store.data["S"]["1"] == winner.buyer


@pytest.mark.parametrize("slow", ["read", "write"])
@pytest.mark.parametrize("office", [0, 1])
@pytest.mark.parametrize("second", ["a", "b"])
def test_same_plan(slow: str, office: int, second: str) -> None:
    store = SlowStore(slow)
    results = play(store, sell("1", "a"), sell("2", second, office), back("3", "old", office))
    assert kinds(results) == ["NoneType", "Ticket", "Ticket"]
    assert store.data["S"] == {"1": "a", "2": second, "3": None}


@pytest.mark.parametrize("gap", [50, 90, 130])
def test_three_in_a_row(gap: int) -> None:
    store = SlowStore()
    results = play(store, sell("1", "a"), sell("2", "b"), sell("2", "c", 1), gap=gap)
    assert kinds(results) == ["SeatTaken", "Ticket", "Ticket"]


@pytest.mark.parametrize("stopped", ["read S", "write S"])
def test_other_show(stopped: str) -> None:
    store = SlowStore()
    store.stopped = stopped
    results = play(store, sell("1", "a"), sell("1", "a", show="T"), gap=100)
    assert results == ["stuck", Ticket("T", "1", "a")]


@pytest.mark.parametrize("name", ["read", "write"])
@pytest.mark.parametrize("call", [sell("1", "a"), back("3", "old")])
def test_error(name: str, call: Any) -> None:
    store = SlowStore()
    error = ZeroDivisionError()
    store.broken[name] = error
    results = play(store, call, sell("1", "b"), sell("2", "c"))
    assert results == [error, Ticket("S", "1", "b"), Ticket("S", "2", "c")]


def test_error_while_others_wait() -> None:
    class BreaksLate(SlowStore):
        async def read(self, show: str) -> Any:
            plan = await super().read(show)
            if self.log.count("read") == 1:
                raise error
            return plan

    error = ZeroDivisionError()
    assert play(BreaksLate(), sell("1", "a"), sell("1", "b")) == [error, Ticket("S", "1", "b")]
