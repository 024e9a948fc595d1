"""Work in the loop's own threads."""

import asyncio

import pytest

pytestmark = pytest.mark.asyncio


async def test_works_in_a_thread() -> None:
    assert await asyncio.to_thread(sum, [1, 2]) == 3


async def test_works_in_several() -> None:
    loop = asyncio.get_running_loop()
    results = await asyncio.gather(*(loop.run_in_executor(None, abs, -number) for number in range(5)))
    assert results == [0, 1, 2, 3, 4]
