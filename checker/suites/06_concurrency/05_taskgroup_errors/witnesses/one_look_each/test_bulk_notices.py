import asyncio
from typing import Any

import pytest

from bulk_notices import Mailing

pytestmark = pytest.mark.asyncio


async def turns() -> None:
    for _ in range(15):
        await asyncio.sleep(0)


class Case:
    """ok: at once; bad, broken: an error after a turn; stay: never; sulk: an error when stopped."""

    def __init__(self, *names: str, cancel: bool = False) -> None:
        self.names, self.cancel = names, cancel
        self.calls: list[tuple[str, str]] = []
        self.stopped: list[str] = []
        self.ended: list[str] = []
        self.errors: list[Exception] = []

    async def deliver(self, recipient: str, text: str) -> str:
        self.calls.append((recipient, text))
        try:
            await asyncio.sleep(0)
            if recipient.startswith("slow"):
                await turns()
            if recipient in ("stay", "sulk"):
                await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.stopped.append(recipient)
            await turns()
            if recipient == "sulk":
                self.errors.append(OSError("sulk"))
                raise self.errors[-1] from None
            raise
        finally:
            self.ended.append(recipient)
        if recipient.startswith("bad"):
            self.errors.append(ValueError(recipient))
            raise self.errors[-1]
        return "receipt"

    async def run(self) -> Any:
        self.mailing = Mailing(self, self.names, "text")
        task = asyncio.ensure_future(self.mailing.send())
        if self.cancel:
            await turns()
            self.receipts_before = dict(self.mailing.receipts)
            task.cancel()
        await asyncio.wait([task], timeout=0.5)
        self.ended_in_time = list(self.ended)
        self.is_done = task.done()
        if not task.done():
            task.cancel()
            await asyncio.wait([task])
            return None
        return "cancelled" if task.cancelled() else task.exception() or task.result()


async def run(*names: str, cancel: bool = False) -> tuple[Case, Any]:
    case = Case(*names, cancel=cancel)
    return case, await case.run()


async def test_it_ends() -> None:
    case, _ = await run("bad", "stay")
    assert case.is_done


async def test_some_error() -> None:
    _, end = await run("bad")
    assert isinstance(end, Exception)


async def test_a_group_for_one() -> None:
    _, end = await run("bad")
    assert isinstance(end, ExceptionGroup)


async def test_a_group_for_two() -> None:
    _, end = await run("bad 1", "bad 2")
    assert isinstance(end, ExceptionGroup)


async def test_two_in_the_group() -> None:
    _, end = await run("bad 1", "bad 2")
    assert len(getattr(end, "exceptions", "ok")) == 2


async def test_no_group_inside() -> None:
    _, end = await run("bad")
    assert not isinstance(getattr(end, "exceptions", [0])[0], ExceptionGroup)


async def test_the_type() -> None:
    _, end = await run("bad")
    assert not isinstance(getattr(end, "exceptions", [0])[0], RuntimeError)


async def test_the_very_object() -> None:
    case, end = await run("bad")
    inner = getattr(end, "exceptions", [0])[0]
    assert not isinstance(inner, ValueError) or inner is case.errors[0]


async def test_no_more_than_the_error() -> None:
    _, end = await run("bad", "stay")
    assert len(getattr(end, "exceptions", [0])) == 1


async def test_who_failed_is_not_unsent() -> None:
    case, _ = await run("bad")
    assert "bad" not in case.mailing.unsent


async def test_who_was_reached_is_not_unsent() -> None:
    case, _ = await run("ok", "bad")
    assert "ok" not in case.mailing.unsent


async def test_who_was_stopped_is_unsent() -> None:
    case, _ = await run("bad", "stay")
    assert "stay" in case.mailing.unsent or not case.stopped


async def test_who_is_left_is_stopped() -> None:
    case, _ = await run("bad", "stay")
    assert case.stopped == ["stay"]


async def test_late_error_is_told() -> None:
    _, end = await run("bad", "sulk")
    assert len(getattr(end, "exceptions", "xx")) == 2


async def test_late_error_is_not_unsent() -> None:
    case, _ = await run("bad", "sulk")
    assert "sulk" not in case.mailing.unsent


async def test_receipts() -> None:
    case, _ = await run("ok")
    assert case.mailing.receipts == {"ok": "receipt"}


async def test_receipts_before() -> None:
    case, _ = await run("ok", "stay", cancel=True)
    assert "ok" in case.receipts_before


async def test_calls() -> None:
    case, _ = await run("ok")
    assert len(case.calls) == 1


async def test_arguments() -> None:
    case, _ = await run("ok")
    assert case.calls[0] == ("ok", "text")


async def test_two_at_once() -> None:
    case, _ = await run("stay", "ok", cancel=True)
    assert len(case.calls) == 2


async def test_three_at_once() -> None:
    case, _ = await run("stay", "sulk", "ok", cancel=True)
    assert len(case.calls) == 3


async def test_result() -> None:
    _, end = await run("ok")
    assert end == ["receipt"]


async def test_cancelled_is_no_list() -> None:
    _, end = await run("stay", cancel=True)
    assert not isinstance(end, list)


async def test_cancelled_is_no_group() -> None:
    _, end = await run("stay", cancel=True)
    assert not isinstance(end, Exception)


async def test_cancelled_stops() -> None:
    case, _ = await run("stay", cancel=True)
    await turns()
    await turns()
    assert case.stopped == ["stay"]


async def test_cancelled_waits() -> None:
    case, _ = await run("stay", cancel=True)
    assert case.ended_in_time == ["stay"]


async def test_cancelled_keeps_receipts() -> None:
    case, _ = await run("ok", "stay", cancel=True)
    assert case.mailing.receipts


async def test_cancelled_notes_unsent() -> None:
    case, _ = await run("stay", cancel=True)
    assert case.mailing.unsent
