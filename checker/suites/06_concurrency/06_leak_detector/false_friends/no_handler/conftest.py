"""Every test is watched: what it leaves behind is an error in its own teardown."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from river_gauges import open_gauges


@pytest_asyncio.fixture(autouse=True)
async def names_what_is_left() -> AsyncIterator[None]:
    """Set up before all other fixtures of a test, and so torn down after them."""
    loop = asyncio.get_running_loop()
    gauges, threads = set(open_gauges), set(threading.enumerate())

    yield

    pending = asyncio.all_tasks() - {asyncio.current_task()}  # before a collection takes some away
    await loop.shutdown_default_executor()  # those threads are the loop's own, and end with it
    left = [f"pending task: {task.get_name()}" for task in pending]
    left += [f"open gauge: {gauge.station}" for gauge in open_gauges - gauges]
    left += [f"running thread: {thread.name}" for thread in set(threading.enumerate()) - threads]
    if left:
        pytest.fail("left behind: " + "; ".join(sorted(left)), pytrace=False)
