"""Tasks that are over."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio


async def nothing() -> int:
    await asyncio.sleep(0)
    return 7


async def test_awaits() -> None:
    assert await asyncio.create_task(nothing()) == 7
    async with asyncio.TaskGroup() as group:
        group.create_task(nothing())


async def test_cancels_and_awaits() -> None:
    task = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_waits_until_it_is_done() -> None:
    task = asyncio.create_task(nothing())
    while not task.done():
        await asyncio.sleep(0)


async def test_lets_a_cancelled_one_go() -> None:
    task = asyncio.create_task(asyncio.sleep(3600))
    await asyncio.sleep(0)
    task.cancel()
    while not task.done():
        await asyncio.sleep(0)
