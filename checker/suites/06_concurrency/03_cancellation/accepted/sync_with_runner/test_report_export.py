import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from report_export import Exporter


class Script:
    """Calls arrive as (what, reply) pairs; the test replies to one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exporter = Exporter(self, self, folder)
        self.arrived: asyncio.Queue[tuple[str, asyncio.Future[str]]] = asyncio.Queue()
        self.aborted: list[str] = []

    async def _ask(self, what: str) -> str:
        reply: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.arrived.put_nowait((what, reply))
        try:
            answer = await reply
        except asyncio.CancelledError:
            self.aborted.append(what)
            raise
        return answer

    async def page(self, name: str, number: int) -> str:
        return await self._ask(f"page {name} {number}")

    async def begin(self, name: str) -> None:
        await self._ask(f"begin {name}")

    async def publish(self, name: str) -> None:
        await self._ask(f"publish {name}")

    async def drop(self, name: str) -> None:
        async with asyncio.timeout(0.5):  # a test that failed is not here any more to reply
            await self._ask(f"drop {name}")

    def start(self, name: str) -> "asyncio.Task[Path]":
        return asyncio.ensure_future(self.exporter.export(name))

    async def expect(self, what: str) -> "asyncio.Future[str]":
        called, reply = await self.arrived.get()
        assert called == what
        return reply

    async def reply(self, what: str, answer: str | Exception = "") -> None:
        reply = await self.expect(what)
        if isinstance(answer, Exception):
            reply.set_exception(answer)
        else:
            reply.set_result(answer)

    async def silence(self) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        assert self.arrived.empty()

    def files(self) -> dict[str, str]:
        return {path.name: path.read_text() for path in self.folder.iterdir()}

    async def whole(self, name: str) -> None:
        task = self.start(name)
        await self.rest_of(name, task)

    async def rest_of(self, name: str, task: "asyncio.Task[Path]") -> None:
        await self.reply(f"begin {name}")
        await self.reply(f"page {name} 1", "only")
        await self.reply(f"page {name} 2")
        await self.reply(f"publish {name}")
        assert await task == self.folder / f"{name}.csv"


async def cancelled(task: "asyncio.Task[Path]") -> None:
    with pytest.raises(asyncio.CancelledError):
        await asyncio.shield(task)
    assert task.cancelled()


def play(folder: Path, scene: Callable[[Script], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(1):
            await scene(Script(folder))

    asyncio.run(bounded())


def test_two_pages(tmp_path: Path) -> None:
    async def scene(script: Script) -> None:
        task = script.start("r")
        await script.reply("begin r")
        await script.reply("page r 1", "first,")
        await script.reply("page r 2", "second")
        await script.reply("page r 3")
        reply = await script.expect("publish r")
        assert script.files() == {"r.csv": "first,second"}
        reply.set_result("")
        assert await task == tmp_path / "r.csv"
        assert script.files() == {"r.csv": "first,second"}
        await script.silence()

    play(tmp_path, scene)


def test_cancel_at_a_page(tmp_path: Path) -> None:
    async def scene(script: Script) -> None:
        task = script.start("r")
        follower = script.start("s")
        await script.reply("begin r")
        await script.reply("page r 1", "first,")
        await script.expect("page r 2")
        assert list(script.files()) == ["r.part"]
        task.cancel()
        reply = await script.expect("drop r")
        await script.silence()
        assert not task.done()
        reply.set_result("")
        await cancelled(task)
        assert script.aborted == ["page r 2"]
        await script.rest_of("s", follower)
        assert list(script.files()) == ["s.csv"]
        await script.whole("t")
        await script.silence()

    play(tmp_path, scene)


def test_error_at_a_page(tmp_path: Path) -> None:
    async def scene(script: Script) -> None:
        error = EOFError()
        task = script.start("r")
        await script.reply("begin r")
        await script.reply("page r 1", "first,")
        await script.reply("page r 2", error)
        await script.reply("drop r")
        with pytest.raises(EOFError) as info:
            await task
        assert info.value is error
        assert script.files() == {}
        await script.silence()
        await script.whole("s")

    play(tmp_path, scene)


def test_cancel_in_publish(tmp_path: Path) -> None:
    async def scene(script: Script) -> None:
        task = script.start("r")
        await script.reply("begin r")
        await script.reply("page r 1")
        reply = await script.expect("publish r")
        follower = script.start("s")
        task.cancel()
        await script.silence()
        assert not task.done()
        reply.set_result("")
        await cancelled(task)
        assert script.aborted == []
        assert list(script.files()) == ["r.csv"]
        await script.rest_of("s", follower)
        await script.silence()

    play(tmp_path, scene)


@pytest.mark.parametrize("name", ["r", "s"])
def test_cancel_in_line(tmp_path: Path, name: str) -> None:
    async def scene(script: Script) -> None:
        task = script.start("r")
        await script.reply("begin r")
        reply = await script.expect("page r 1")
        second, third = script.start(name), script.start("t")
        await script.silence()
        second.cancel()
        await cancelled(second)
        await script.silence()
        reply.set_result("")
        await script.reply("publish r")
        await task
        await script.rest_of("t", third)
        await script.silence()

    play(tmp_path, scene)
