import asyncio
import gc
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

import river_gauges


@pytest.fixture(autouse=True)
def leaks() -> Iterator[list[str]]:
    """Fed by the fixtures below, which are torn down before this one."""
    found: list[str] = []
    yield found
    assert found == [], "this test leaves something behind"


@pytest.fixture(autouse=True)
def _gauges_and_threads(leaks: list[str]) -> Iterator[None]:
    gauges = river_gauges.open_gauges.copy()
    threads = threading.enumerate()
    yield
    for gauge in river_gauges.open_gauges:
        if gauge not in gauges:
            leaks.append(gauge.station)
    for thread in threading.enumerate():
        if thread not in threads and not thread.name.startswith("asyncio_"):
            leaks.append(thread.name)


@pytest_asyncio.fixture(autouse=True)
async def _tasks(leaks: list[str], _gauges_and_threads: None) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: leaks.append(str(context.get("exception", context))))
    me = asyncio.current_task()
    yield
    for task in asyncio.all_tasks():
        if task not in (me, asyncio.current_task()):
            leaks.append(task.get_name())
    gc.collect()
