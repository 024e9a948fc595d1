"""A task that fails while nobody looks."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio


async def fails(words: str) -> None:
    raise ValueError(words)


async def test_does_not_look() -> None:
    task = asyncio.create_task(fails("no rain today"))
    while not task.done():
        await asyncio.sleep(0)


async def test_runs_afterwards() -> None:
    await asyncio.sleep(0)


async def test_drops_two_at_once() -> None:
    for words in ("no sun either", "and no wind"):
        asyncio.create_task(fails(words))
    for _ in range(5):
        await asyncio.sleep(0)
