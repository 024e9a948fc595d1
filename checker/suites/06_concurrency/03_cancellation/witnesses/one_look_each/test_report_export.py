import asyncio
from pathlib import Path

import pytest

from report_export import Exporter

pytestmark = pytest.mark.asyncio


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


class Office:
    def __init__(self, folder: Path, hold: str = "", error: Exception | None = None) -> None:
        self.hold, self.error = hold, error
        self.log: list[str] = []
        self.free = asyncio.Event()
        self.exporter = Exporter(self, self, folder)

    async def wait(self, step: str) -> None:
        self.log.append(step)
        if step == self.hold:
            try:
                await self.free.wait()
            except asyncio.CancelledError:
                self.log.append(f"stopped {step}")
                raise

    async def page(self, name: str, number: int) -> str:
        await self.wait(f"page {number}")
        if self.error and number == 2:
            raise self.error
        return f"{number}" if number < 4 else ""

    async def begin(self, name: str) -> None:
        await self.wait("begin")

    async def publish(self, name: str) -> None:
        await self.wait("publish")

    async def drop(self, name: str) -> None:
        await self.wait("drop")

    async def stop(self) -> "asyncio.Task[Path]":
        task = asyncio.ensure_future(self.exporter.export("a"))
        await turns()
        task.cancel()
        await turns()
        self.done_while_held = task.done()
        self.free.set()
        await asyncio.wait([task], timeout=0.5)
        return task


async def fail(folder: Path) -> tuple[Office, BaseException | None]:
    office = Office(folder, error=ValueError())
    try:
        await office.exporter.export("a")
    except Exception as error:
        return office, error
    return office, None


async def test_error_drops(tmp_path: Path) -> None:
    office, _ = await fail(tmp_path)
    assert "drop" in office.log


async def test_error_removes(tmp_path: Path) -> None:
    await fail(tmp_path)
    assert not list(tmp_path.iterdir())


async def test_error_is_told(tmp_path: Path) -> None:
    assert (await fail(tmp_path))[1] is not None


async def test_cancelled_removes(tmp_path: Path) -> None:
    await Office(tmp_path, "page 2").stop()
    assert not list(tmp_path.iterdir())


async def test_page_is_stopped(tmp_path: Path) -> None:
    office = Office(tmp_path, "page 2")
    await office.stop()
    assert "stopped page 2" in office.log


async def test_publish_is_not_stopped(tmp_path: Path) -> None:
    office = Office(tmp_path, "publish")
    await office.stop()
    assert "stopped publish" not in office.log


async def test_publish_is_waited_for(tmp_path: Path) -> None:
    office = Office(tmp_path, "publish")
    await office.stop()
    assert not office.done_while_held or "stopped publish" in office.log


async def test_publish_is_not_dropped(tmp_path: Path) -> None:
    office = Office(tmp_path, "publish")
    await office.stop()
    assert "drop" not in office.log


async def test_published_file(tmp_path: Path) -> None:
    await Office(tmp_path, "publish").stop()
    assert list(tmp_path.iterdir())


async def test_nobody_jumps_the_queue(tmp_path: Path) -> None:
    office = Office(tmp_path, "page 1")
    tasks = [asyncio.ensure_future(office.exporter.export(name)) for name in "abc"]
    await turns()
    tasks[1].cancel()
    await turns()
    began = office.log.count("begin")
    office.free.set()
    await asyncio.wait(tasks, timeout=0.5)
    assert began == 1


async def test_first_page_in_the_report(tmp_path: Path) -> None:
    report = await Office(tmp_path).exporter.export("a")
    assert "1" in report.read_text()
