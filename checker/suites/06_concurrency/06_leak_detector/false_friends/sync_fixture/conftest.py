"""Every test is watched: what it leaves behind is an error in its own teardown."""

import asyncio
import gc
import threading
from collections.abc import Iterator

import pytest

from river_gauges import open_gauges


@pytest.fixture(autouse=True)
def names_what_is_left() -> Iterator[None]:
    """Set up before all other fixtures of a test, and so torn down after them."""
    gauges, threads = set(open_gauges), set(threading.enumerate())

    yield

    try:
        pending = asyncio.all_tasks()
    except RuntimeError:  # no running event loop
        pending = set()
    gc.collect()
    left = [f"pending task: {task.get_name()}" for task in pending]
    left += [f"open gauge: {gauge.station}" for gauge in open_gauges - gauges]
    left += [f"running thread: {thread.name}" for thread in set(threading.enumerate()) - threads
        if not thread.name.startswith("asyncio_")]
    if left:
        pytest.fail("left behind: " + "; ".join(sorted(left)), pytrace=False)
