"""Every test begins with a clean table."""

import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from river_gauges import open_gauges


@pytest_asyncio.fixture(autouse=True)
async def clean_table() -> AsyncIterator[None]:
    gauges = set(open_gauges)

    yield

    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    for gauge in open_gauges - gauges:
        await gauge.close()
