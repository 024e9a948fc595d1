"""Every test is watched: what it leaves behind is an error in its own teardown."""

import asyncio
import gc
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from river_gauges import open_gauges


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    report = yield
    setattr(item, f"report_of_{report.when}", report)
    return report


@pytest_asyncio.fixture(autouse=True)
async def names_what_is_left(request: pytest.FixtureRequest) -> AsyncIterator[None]:
    """Set up before all other fixtures of a test, and so torn down after them."""
    loop = asyncio.get_running_loop()
    lost: list[str] = []

    def keep(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        lost.append(f"lost exception: {context.get('exception') or context['message']}")

    loop.set_exception_handler(keep)
    gauges, threads = set(open_gauges), set(threading.enumerate())

    yield

    pending = asyncio.all_tasks() - {asyncio.current_task()}  # before a collection takes some away
    gc.collect()  # a failed task that refers to itself is thrown away only now
    await loop.shutdown_default_executor()  # those threads are the loop's own, and end with it
    left = [f"pending task: {task.get_name()}" for task in pending]
    left += lost
    left += [f"open gauge: {gauge.station}" for gauge in open_gauges - gauges]
    left += [f"running thread: {thread.name}" for thread in set(threading.enumerate()) - threads]
    report = getattr(request.node, "report_of_call", None)
    if left and report is not None and report.passed:
        pytest.fail("left behind: " + "; ".join(sorted(left)), pytrace=False)
