import asyncio
from pathlib import Path

import pytest

from report_export import Exporter

pytestmark = pytest.mark.asyncio

BOUND_S = 1.0
DONE = ["begin a", "page a 1", "page a 2", "page a 3", "publish a", "published a"]


class Office:
    """Source and registry with one diary. Holds who comes to the step that the test names."""

    def __init__(self, folder: Path, hold: str = "") -> None:
        self.folder = folder
        self.hold = hold
        self.diary: list[str] = []
        self.files_at_publish: list[str] = []
        self.broken: dict[str, Exception] = {}
        self.reached, self.go_on = asyncio.Event(), asyncio.Event()
        self.exporter = Exporter(self, self, folder)

    async def _step(self, step: str) -> None:
        self.diary.append(step)
        if step in self.broken:
            raise self.broken[step]
        if step != self.hold:
            return
        self.reached.set()
        try:
            await self.go_on.wait()
        except asyncio.CancelledError:
            self.diary.append(f"cancelled in {step}")
            raise

    async def page(self, name: str, number: int) -> str:
        await self._step(f"page {name} {number}")
        return f"{name};{number}\n" if number < 3 else ""

    async def begin(self, name: str) -> None:
        await self._step(f"begin {name}")

    async def publish(self, name: str) -> None:
        self.files_at_publish = self.files()
        await self._step(f"publish {name}")
        self.diary.append(f"published {name}")

    async def drop(self, name: str) -> None:
        await self._step(f"drop {name}")
        await turns()
        self.diary.append(f"dropped {name}")

    def files(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    async def start(self, name: str = "a") -> asyncio.Task[Path]:
        """An export that has come to the step where it is held."""
        task = asyncio.create_task(self.exporter.export(name))
        async with asyncio.timeout(BOUND_S):
            await self.reached.wait()
        return task

    async def finish(self, name: str) -> Path:
        async with asyncio.timeout(BOUND_S):
            return await self.exporter.export(name)


async def turns() -> None:
    """Let everything run that waits for nothing."""
    for _ in range(20):
        await asyncio.sleep(0)


async def cancelled(task: asyncio.Task[Path]) -> None:
    """Wait until a task that was cancelled is over, and see that it ended in that way."""
    async with asyncio.timeout(BOUND_S):
        await asyncio.wait([task])
    assert task.cancelled()


async def test_a_report_is_written_and_published(tmp_path: Path) -> None:
    office = Office(tmp_path)

    report = await office.finish("a")

    assert report == tmp_path / "a.csv"
    assert report.read_text() == "a;1\na;2\n"
    assert office.files() == office.files_at_publish == ["a.csv"]
    assert office.diary == DONE


async def test_cancelled_at_a_page_it_leaves_nothing(tmp_path: Path) -> None:
    office = Office(tmp_path, hold="page a 2")
    task = await office.start()
    assert office.files() == ["a.part"]

    task.cancel()
    await cancelled(task)

    assert office.files() == []
    assert office.diary == [*DONE[:3], "cancelled in page a 2", "drop a", "dropped a"]


async def test_after_an_error_it_leaves_nothing(tmp_path: Path) -> None:
    error = LookupError("page 2 is missing")
    office = Office(tmp_path)
    office.broken = {"page a 2": error}

    with pytest.raises(LookupError, match="page 2 is missing") as caught:
        await office.finish("a")

    assert caught.value is error
    assert office.files() == []
    assert office.diary == [*DONE[:3], "drop a", "dropped a"]


async def test_publishing_is_not_interrupted(tmp_path: Path) -> None:
    office = Office(tmp_path, hold="publish a")
    task = await office.start()

    task.cancel()
    await turns()
    assert not task.done()
    assert office.diary == DONE[:5]

    office.go_on.set()
    await cancelled(task)
    assert office.diary[:6] == DONE
    assert "drop a" not in office.diary
    assert office.files() == ["a.csv"]


@pytest.mark.parametrize("other", ["a", "b"], ids=["same-name", "other-name"])
async def test_one_at_a_time(tmp_path: Path, other: str) -> None:
    office = Office(tmp_path, hold="page a 1")
    task = await office.start()
    waiting = asyncio.create_task(office.exporter.export(other))
    await turns()
    assert office.diary == DONE[:2]

    office.go_on.set()
    async with asyncio.timeout(BOUND_S):
        await asyncio.gather(task, waiting)
    assert office.diary == DONE + [step.replace(" a", f" {other}") for step in DONE]


async def test_cancelled_before_its_turn(tmp_path: Path) -> None:
    office = Office(tmp_path, hold="page a 1")
    first = await office.start()
    second = asyncio.create_task(office.exporter.export("b"))
    third = asyncio.create_task(office.exporter.export("c"))
    await turns()

    second.cancel()
    await cancelled(second)
    await turns()
    assert office.diary == DONE[:2]

    office.go_on.set()
    async with asyncio.timeout(BOUND_S):
        await asyncio.gather(first, third)
    assert office.diary == DONE + [step.replace(" a", " c") for step in DONE]
