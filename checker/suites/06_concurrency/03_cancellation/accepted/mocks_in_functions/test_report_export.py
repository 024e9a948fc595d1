import asyncio
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock, Mock, call

import pytest

from report_export import Exporter

pytestmark = pytest.mark.asyncio


class Gate:
    """Its `hold` is a side effect: it says that it was called, waits, and returns `value`."""

    def __init__(self, value: Any = None) -> None:
        self.value = value
        self.called, self.opened = asyncio.Event(), asyncio.Event()
        self.ended = ""

    async def hold(self, *args: Any) -> Any:
        self.called.set()
        try:
            await self.opened.wait()
        except asyncio.CancelledError:
            self.ended = "cancelled"
            raise
        self.ended = "done"
        return self.value


async def slow(*args: Any) -> None:
    for _ in range(4):
        await asyncio.sleep(0)


async def idle() -> None:
    for _ in range(25):
        await asyncio.sleep(0)


def doubles(*pages: Any) -> Mock:
    office = Mock()
    office.page = AsyncMock(side_effect=pages)
    office.begin, office.publish, office.drop = AsyncMock(), AsyncMock(), AsyncMock()
    return office


async def over(*tasks: asyncio.Task[Any]) -> None:
    _, pending = await asyncio.wait(tasks, timeout=1)
    assert not pending


async def run(exporter: Exporter, name: str) -> Path:
    return await asyncio.wait_for(exporter.export(name), 1)


async def test_success(tmp_path: Path) -> None:
    office = doubles("one ", "two ", "three", "")
    seen: list[str] = []

    async def publish(name: str) -> None:
        seen.extend(path.name for path in tmp_path.iterdir())

    office.publish.side_effect = publish

    path = await run(Exporter(office, office, tmp_path), "x")

    assert path == tmp_path / "x.csv"
    assert path.read_text() == "one two three"
    assert seen == ["x.csv"] == [file.name for file in tmp_path.iterdir()]
    assert office.mock_calls == [
        call.begin("x"),
        *[call.page("x", number) for number in (1, 2, 3, 4)],
        call.publish("x"),
    ]


@pytest.mark.parametrize("error", [asyncio.CancelledError, KeyError])
async def test_stopped_at_a_page(tmp_path: Path, error: type[BaseException]) -> None:
    gate = Gate()
    office = doubles("one", "not used")
    done: list[str] = []

    async def page(name: str, number: int) -> str:
        if name == "y":
            return ""
        if number == 1:
            return "one"
        if error is KeyError:
            await asyncio.sleep(0)
            raise problem
        return str(await gate.hold())

    async def drop(name: str) -> None:
        await slow()
        done.append(name)

    problem = KeyError("x")
    office.page.side_effect = page
    office.drop.side_effect = drop
    exporter = Exporter(office, office, tmp_path)
    task = asyncio.create_task(exporter.export("x"))
    after = asyncio.create_task(exporter.export("y"))
    if error is asyncio.CancelledError:
        await asyncio.wait_for(gate.called.wait(), 1)
        assert [file.name for file in tmp_path.iterdir()] == ["x.part"]
        task.cancel()

    with pytest.raises(error) as caught:
        await asyncio.wait_for(asyncio.shield(task), 1)

    assert done == ["x"]
    if error is KeyError:
        assert caught.value is problem
    else:
        assert gate.ended == "cancelled"
    await over(after)
    assert [file.name for file in tmp_path.iterdir()] == ["y.csv"]
    assert office.mock_calls == [
        call.begin("x"),
        call.page("x", 1),
        call.page("x", 2),
        call.drop("x"),
        call.begin("y"),
        call.page("y", 1),
        call.publish("y"),
    ]
    assert done == ["x"]


async def test_cleaning_up_before_the_next(tmp_path: Path) -> None:
    at_page, at_drop = Gate(), Gate()
    office = doubles()
    office.page.side_effect = at_page.hold
    office.drop.side_effect = at_drop.hold
    exporter = Exporter(office, office, tmp_path)
    first = asyncio.create_task(exporter.export("x"))
    await asyncio.wait_for(at_page.called.wait(), 1)
    second = asyncio.create_task(exporter.export("y"))
    first.cancel()
    await asyncio.wait_for(at_drop.called.wait(), 1)
    await idle()
    assert office.begin.call_count == 1

    office.page.side_effect = [""]
    at_drop.opened.set()
    await over(first, second)
    assert first.cancelled()
    assert second.result().name == "y.csv"


async def test_stopped_in_publish(tmp_path: Path) -> None:
    gate = Gate()
    office = doubles("one", "", "two", "")
    office.publish.side_effect = gate.hold
    exporter = Exporter(office, office, tmp_path)
    task = asyncio.create_task(exporter.export("x"))
    await asyncio.wait_for(gate.called.wait(), 1)
    waiting = asyncio.create_task(exporter.export("y"))
    await idle()
    task.cancel()
    await idle()
    assert not task.done()
    assert gate.ended == ""
    assert office.begin.mock_calls == [call("x")]

    gate.opened.set()
    await over(task, waiting)
    assert task.cancelled()
    assert gate.ended == "done"
    assert office.drop.mock_calls == []
    assert (tmp_path / "x.csv").read_text() == "one"


@pytest.mark.parametrize("name", ["x", "y"])
async def test_turns(tmp_path: Path, name: str) -> None:
    gate = Gate("")
    office = doubles()
    office.page.side_effect = gate.hold
    exporter = Exporter(office, office, tmp_path)
    first = asyncio.create_task(exporter.export("x"))
    await asyncio.wait_for(gate.called.wait(), 1)
    second = asyncio.create_task(exporter.export(name))
    third = asyncio.create_task(exporter.export("z"))
    await idle()
    assert office.mock_calls == [call.begin("x"), call.page("x", 1)]

    second.cancel()
    await over(second)
    assert second.cancelled()
    await idle()
    assert office.mock_calls == [call.begin("x"), call.page("x", 1)]

    gate.opened.set()
    await over(first, third)
    assert office.begin.mock_calls == [call("x"), call("z")]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["x.csv", "z.csv"]
