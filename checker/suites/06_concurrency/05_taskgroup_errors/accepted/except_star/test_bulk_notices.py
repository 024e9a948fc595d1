import asyncio

import pytest

from bulk_notices import Mailing

pytestmark = pytest.mark.asyncio


class Gateway:
    """Recipients are named after what becomes of them; those called `late…` wait for `go`."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.log: list[str] = []
        self.errors: list[Exception] = []

    def error(self, error: Exception) -> Exception:
        self.errors.append(error)
        return error

    async def deliver(self, recipient: str, text: str) -> str:
        self.log.append(f"{recipient}: {text}")
        if recipient.startswith("quick"):
            return recipient.upper()
        try:
            await self.go.wait()
            if recipient.startswith("wait"):
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            await pause()
            self.log.append(f"{recipient} stopped")
            if "grumble" in recipient:
                raise self.error(ConnectionError(recipient)) from None
            raise
        if recipient.startswith("bad"):
            raise self.error(ValueError(recipient))
        if recipient.startswith("broken"):
            raise self.error(OSError(recipient))
        return recipient.upper()


async def pause() -> None:
    for _ in range(12):
        await asyncio.sleep(0)


async def errors_of(task: "asyncio.Task[list[str]]") -> list[Exception]:
    await asyncio.wait([task], timeout=1)
    assert task.done(), "still sending"
    caught: list[Exception] = []
    grouped = False
    try:
        task.result()
    except* Exception as group:
        caught.extend(group.exceptions)
        grouped = isinstance(task.exception(), ExceptionGroup)
    assert grouped
    return caught


async def test_everybody() -> None:
    gateway = Gateway()
    names = ["late 1", "quick", "late 2"]
    mailing = Mailing(gateway, names, "hi")
    task = asyncio.create_task(mailing.send())
    await pause()
    assert sorted(gateway.log) == sorted(f"{name}: hi" for name in names)
    assert mailing.receipts == {"quick": "QUICK"}
    gateway.go.set()
    assert await asyncio.wait_for(task, 1) == ["LATE 1", "QUICK", "LATE 2"]
    assert mailing.receipts == {name: name.upper() for name in names}
    assert len(gateway.log) == 3
    assert not mailing.unsent


async def test_nobody() -> None:
    assert await asyncio.wait_for(Mailing(Gateway(), [], "hi").send(), 1) == []


@pytest.mark.parametrize(
    "failing",
    [["bad"], ["broken"], ["bad", "broken"], ["bad 1", "bad 2"], ["bad", "wait and grumble"]],
)
async def test_errors(failing: list[str]) -> None:
    gateway = Gateway()
    mailing = Mailing(gateway, ["quick", *failing, "wait 1", "wait 2"], "hi")
    task = asyncio.create_task(mailing.send())
    await pause()
    gateway.go.set()
    caught = await errors_of(task)
    log = list(gateway.log)

    assert len(caught) == len(failing)
    assert set(map(id, caught)) == set(map(id, gateway.errors))
    assert {str(error) for error in caught} == set(failing)
    assert "wait 1 stopped" in log and "wait 2 stopped" in log
    assert mailing.unsent == {"wait 1", "wait 2"}
    assert mailing.receipts == {"quick": "QUICK"}


async def test_stopped_from_outside() -> None:
    gateway = Gateway()
    mailing = Mailing(gateway, ["quick", "wait 1", "wait 2"], "hi")
    task = asyncio.create_task(mailing.send())
    await pause()
    task.cancel()
    await asyncio.wait([task], timeout=1)
    log = list(gateway.log)

    assert task.cancelled()
    assert "wait 1 stopped" in log and "wait 2 stopped" in log
    assert mailing.unsent == {"wait 1", "wait 2"}
    assert mailing.receipts == {"quick": "QUICK"}
