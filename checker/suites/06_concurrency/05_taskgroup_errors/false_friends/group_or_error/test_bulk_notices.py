import asyncio

import pytest

from bulk_notices import Mailing

pytestmark = pytest.mark.asyncio

BOUND_S = 1.0
TEXT = "Water is off"


class HeldGateway:
    """Holds every delivery until the test says how it ends."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.cancelled: list[str] = []
        self.ended: list[str] = []
        self.stubborn: dict[str, Exception] = {}
        self._held: dict[str, asyncio.Future[str]] = {}

    async def deliver(self, recipient: str, text: str) -> str:
        self.calls.append((recipient, text))
        self._held[recipient] = asyncio.get_running_loop().create_future()
        try:
            return await self._held[recipient]
        except asyncio.CancelledError:
            self.cancelled.append(recipient)
            await turns()  # closing a connection takes a while
            if recipient in self.stubborn:
                raise self.stubborn[recipient] from None
            raise
        finally:
            self.ended.append(recipient)

    def end(self, recipient: str, error: Exception | None = None) -> None:
        if error is None:
            self._held[recipient].set_result(f"receipt of {recipient}")
        else:
            self._held[recipient].set_exception(error)


async def turns() -> None:
    """Let everything run that waits for nothing."""
    for _ in range(10):
        await asyncio.sleep(0)


async def over(task: asyncio.Task[list[str]]) -> None:
    """Wait, with a bound, until the task has ended in some way."""
    await asyncio.wait([task], timeout=BOUND_S)
    assert task.done()


class Sending:
    """A mailing that has begun, with all its deliveries held."""

    def __init__(self, *recipients: str) -> None:
        self.gateway = HeldGateway()
        self.mailing = Mailing(self.gateway, recipients, TEXT)
        self.task = asyncio.create_task(self.mailing.send())


async def begin(*recipients: str) -> Sending:
    sending = Sending(*recipients)
    await turns()
    assert sorted(sending.gateway.calls) == [(name, TEXT) for name in sorted(recipients)]
    return sending


async def test_all_are_delivered_at_the_same_time() -> None:
    sending = await begin("kim", "lou", "max")

    sending.gateway.end("max")
    await turns()
    assert sending.mailing.receipts == {"max": "receipt of max"}
    sending.gateway.end("kim")
    sending.gateway.end("lou")
    await over(sending.task)

    assert sending.task.result() == ["receipt of kim", "receipt of lou", "receipt of max"]
    assert sending.mailing.receipts == {
        name: f"receipt of {name}" for name in ("kim", "lou", "max")
    }
    assert sending.mailing.unsent == set()
    assert len(sending.gateway.calls) == 3


async def test_nobody_to_send_to() -> None:
    sending = await begin()
    await over(sending.task)

    assert sending.task.result() == []


@pytest.mark.parametrize("error", [ValueError("no such street"), OSError("line is down")], ids=repr)
async def test_one_error_stops_the_others(error: Exception) -> None:
    sending = await begin("kim", "lou", "max", "ned")
    sending.gateway.end("kim")
    await turns()

    sending.gateway.end("lou", error)
    await over(sending.task)
    ended = sorted(sending.gateway.ended)

    with pytest.raises((ValueError, OSError, ExceptionGroup)):
        await sending.task
    assert ended == ["kim", "lou", "max", "ned"]
    assert sorted(sending.gateway.cancelled) == ["max", "ned"]
    assert sending.mailing.unsent == {"max", "ned"}
    assert sending.mailing.receipts == {"kim": "receipt of kim"}


async def test_errors_at_the_same_time_are_all_told() -> None:
    sending = await begin("kim", "lou", "max")
    errors = {ValueError("no such street"), OSError("line is down")}
    for name, error in zip(("kim", "lou"), errors, strict=True):
        sending.gateway.end(name, error)
    await over(sending.task)

    with pytest.raises((ValueError, OSError, ExceptionGroup)):
        await sending.task
    assert sending.mailing.unsent == {"max"}


async def test_an_error_while_being_cancelled_is_told() -> None:
    sending = await begin("kim", "lou", "max")
    first, second = ValueError("no such street"), OSError("cannot hang up")
    sending.gateway.stubborn = {"lou": second}
    sending.gateway.end("kim", first)
    await over(sending.task)

    with pytest.raises((ValueError, OSError, ExceptionGroup)):
        await sending.task
    assert sending.mailing.unsent == {"max"}


async def test_a_mailing_that_is_cancelled() -> None:
    sending = await begin("kim", "lou", "max")
    sending.gateway.end("kim")
    await turns()

    sending.task.cancel()
    await over(sending.task)

    assert sending.task.cancelled()
    assert sorted(sending.gateway.ended) == ["kim", "lou", "max"]
    assert sending.mailing.unsent == {"lou", "max"}
    assert sending.mailing.receipts == {"kim": "receipt of kim"}
