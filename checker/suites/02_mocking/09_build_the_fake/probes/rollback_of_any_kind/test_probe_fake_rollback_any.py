"""A cancellation and an interruption are exceptions, too, and no Exception."""

import asyncio
from contextlib import suppress

import pytest

from library_fakes import FakeConnection

pytestmark = pytest.mark.asyncio


@pytest.mark.parametrize("kind", [asyncio.CancelledError, KeyboardInterrupt, SystemExit])
async def test_it_rolls_back(kind: type[BaseException]) -> None:
    connection = FakeConnection()
    before = len(connection.calls)

    with suppress(kind):
        async with connection.transaction():
            raise kind

    assert [call for call in connection.calls[before:] if call[0] != "begin"] == [("rollback", None, None)]


async def test_a_cancelled_task_rolls_back() -> None:
    connection = FakeConnection()
    before = len(connection.calls)
    entered = asyncio.Event()

    async def lend_for_ever() -> None:
        async with connection.transaction():
            entered.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(lend_for_ever())
    await entered.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert [call[0] for call in connection.calls[before:] if call[0] != "begin"] == ["rollback"]
