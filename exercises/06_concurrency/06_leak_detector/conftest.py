import asyncio
from collections.abc import AsyncIterator

import pytest_asyncio

from river_gauges import open_gauges


@pytest_asyncio.fixture(autouse=True)
async def no_leftovers() -> AsyncIterator[None]:
    yield
    # Leftovers only make trouble: away with them.
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    for gauge in list(open_gauges):
        await gauge.close()
