import asyncio
from typing import Any

import pytest

from box_office import BoxOffice, NotYourSeat, SeatTaken, ShowLocks, Ticket


class AskedStore:
    """Every call of the store becomes a question. It is answered when the test says so."""

    def __init__(self) -> None:
        self.saved: dict[str, dict[str, str | None]] = {
            "opera": {"a": None, "b": None, "c": "zoe"},
            "ballet": {"a": None},
        }
        self.questions: list[tuple[str, str, asyncio.Future[None]]] = []
        self.history: list[str] = []

    async def _ask(self, what: str, show: str) -> None:
        self.history.append(f"{what} {show}")
        answer: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.questions.append((what, show, answer))
        await answer

    async def read(self, show: str) -> dict[str, str | None]:
        seen = dict(self.saved[show])
        await self._ask("read", show)
        return seen

    async def write(self, show: str, plan: dict[str, str | None]) -> None:
        await self._ask("write", show)
        self.saved[show] = plan

    async def settle(self) -> None:
        for _ in range(50):
            await asyncio.sleep(0)

    async def answer(self, what: str, show: str = "opera", error: Exception | None = None) -> None:
        """Answer the oldest question of this kind, and let things move on."""
        for question in self.questions:
            if question[:2] == (what, show):
                self.questions.remove(question)
                if error:
                    question[2].set_exception(error)
                else:
                    question[2].set_result(None)
                return await self.settle()
        pytest.fail(f"nobody waits for {what} {show}; open: {self.questions}")

    async def answer_all(self) -> None:
        await self.settle()
        while self.questions:
            what, show, _ = self.questions[0]
            await self.answer(what, show)


@pytest.mark.anyio
class TestBoxOffice:
    @pytest.fixture
    def anyio_backend(self) -> str:
        return "asyncio"

    @pytest.fixture(autouse=True)
    def _two_offices(self) -> None:
        self.store, locks = AskedStore(), ShowLocks()
        self.here, self.there = BoxOffice(self.store, locks), BoxOffice(self.store, locks)

    async def go(self, call: Any) -> "asyncio.Task[Any]":
        task = asyncio.ensure_future(call)
        await self.store.settle()
        return task

    async def test_sale_step_by_step(self) -> None:
        sale = await self.go(self.here.reserve("opera", "a", "kim"))
        await self.store.answer("read")
        assert not sale.done()
        await self.store.answer("write")
        assert sale.done()
        assert sale.result() == Ticket("opera", "a", "kim")
        assert self.store.saved["opera"] == {"a": "kim", "b": None, "c": "zoe"}
        assert self.store.saved["ballet"] == {"a": None}

    async def test_return_step_by_step(self) -> None:
        back = await self.go(self.here.give_back(Ticket("opera", "c", "zoe")))
        await self.store.answer("read")
        assert not back.done()
        await self.store.answer("write")
        assert back.done()
        assert back.result() is None
        assert self.store.saved["opera"] == {"a": None, "b": None, "c": None}

    @pytest.mark.parametrize("who", ["zoe", "kim"])
    async def test_refused_sale(self, who: str) -> None:
        sale = await self.go(self.here.reserve("opera", "c", who))
        await self.store.answer("read")
        assert sale.done()
        assert isinstance(sale.exception(), SeatTaken)
        assert self.store.history == ["read opera"]
        await self.is_still_sold()

    @pytest.mark.parametrize("seat", ["a", "c"])
    async def test_refused_return(self, seat: str) -> None:
        back = await self.go(self.here.give_back(Ticket("opera", seat, "kim")))
        await self.store.answer("read")
        assert back.done()
        assert isinstance(back.exception(), NotYourSeat)
        assert self.store.history == ["read opera"]
        await self.is_still_sold()

    async def is_still_sold(self) -> None:
        """Another call for the show is served."""
        sale = await self.go(self.here.reserve("opera", "b", "next"))
        await self.store.answer_all()
        assert sale.done() and sale.result() == Ticket("opera", "b", "next")

    @pytest.mark.parametrize("buyers", [("kim", "lou"), ("kim", "kim")])
    @pytest.mark.parametrize("elsewhere", [False, True])
    async def test_nobody_reads_while_a_sale_is_under_way(
        self, buyers: tuple[str, str], elsewhere: bool
    ) -> None:
        office = self.there if elsewhere else self.here
        first = await self.go(self.here.reserve("opera", "a", buyers[0]))
        second = await self.go(office.reserve("opera", "b", buyers[1]))
        back = await self.go(office.give_back(Ticket("opera", "c", "zoe")))
        third = await self.go(office.reserve("opera", "a", "eve"))
        assert self.store.history == ["read opera"]
        await self.store.answer("read")
        assert self.store.history == ["read opera", "write opera"]
        await self.store.answer_all()
        assert first.result() == Ticket("opera", "a", buyers[0])
        assert second.result() == Ticket("opera", "b", buyers[1])
        assert back.result() is None
        assert isinstance(third.exception(), SeatTaken)
        assert self.store.saved["opera"] == {"a": buyers[0], "b": buyers[1], "c": None}

    async def test_latecomer(self) -> None:
        await self.go(self.here.reserve("opera", "a", "kim"))
        waiting = await self.go(self.there.reserve("opera", "b", "lou"))
        await self.store.answer("read")
        await self.store.answer("write")
        late = await self.go(self.here.reserve("opera", "b", "eve"))
        await self.store.answer_all()
        assert waiting.result() == Ticket("opera", "b", "lou")
        assert isinstance(late.exception(), SeatTaken)

    @pytest.mark.parametrize("held", ["read", "write"])
    async def test_ballet_beside_opera(self, held: str) -> None:
        opera = await self.go(self.here.reserve("opera", "a", "kim"))
        if held == "write":
            await self.store.answer("read")
        ballet = await self.go(self.here.reserve("ballet", "a", "kim"))
        await self.store.answer("read", "ballet")
        await self.store.answer("write", "ballet")
        assert ballet.result() == Ticket("ballet", "a", "kim")
        assert not opera.done()
        await self.store.answer_all()
        assert opera.result() == Ticket("opera", "a", "kim")

    @pytest.mark.parametrize("broken", ["read", "write"])
    @pytest.mark.parametrize("returning", [False, True])
    async def test_broken_store(self, broken: str, returning: bool) -> None:
        class NoLuck(Exception):
            pass

        error = NoLuck()
        call = self.here.give_back(Ticket("opera", "c", "zoe"))
        if not returning:
            call.close()
            call = self.here.reserve("opera", "a", "kim")
        first = await self.go(call)
        waiting = await self.go(self.here.reserve("opera", "a", "lou"))
        if broken == "write":
            await self.store.answer("read")
        await self.store.answer(broken, error=error)
        assert first.done() and first.exception() is error
        await self.store.answer_all()
        assert waiting.result() == Ticket("opera", "a", "lou")
        await self.is_still_sold()
