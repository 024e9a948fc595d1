"""Exceptions that are looked at."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio


async def fails() -> None:
    await asyncio.sleep(0)
    raise ValueError("expected")


async def test_expects_it() -> None:
    task = asyncio.create_task(fails())
    with pytest.raises(ValueError, match="expected"):
        await task


async def test_gathers_it() -> None:
    results = await asyncio.gather(fails(), fails(), return_exceptions=True)
    assert [str(result) for result in results] == ["expected", "expected"]


async def test_asks_for_it() -> None:
    task = asyncio.create_task(fails())
    await asyncio.wait([task])
    assert str(task.exception()) == "expected"


async def test_expects_a_group() -> None:
    with pytest.raises(ExceptionGroup):
        async with asyncio.TaskGroup() as group:
            group.create_task(fails())
