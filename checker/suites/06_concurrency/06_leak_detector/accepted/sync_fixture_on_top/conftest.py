import asyncio
import gc
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import pytest_asyncio

from river_gauges import open_gauges


@pytest_asyncio.fixture
async def loop_of_the_test() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@pytest.fixture(autouse=True)
def nothing_left(loop_of_the_test: asyncio.AbstractEventLoop) -> Iterator[None]:
    problems: list[str] = []

    def on_error(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        # Either a lost exception, or a pending task that was thrown away.
        error = context.get("exception")
        task = context.get("task") or context.get("future")
        name = task.get_name() if isinstance(task, asyncio.Task) else "?"
        problems.append(f"lost: {type(error).__name__}: {error}" if error else f"task {name} is gone")

    loop_of_the_test.set_exception_handler(on_error)
    before = {*open_gauges, *threading.enumerate()}

    yield

    gc.collect()
    for task in asyncio.all_tasks(loop_of_the_test):
        problems.append(f"task {task.get_name()} is {task._state.lower()}")
    for gauge in open_gauges:
        if gauge not in before:
            problems.append(f"gauge {gauge.station} is open")
    for thread in threading.enumerate():
        if thread not in before and not thread.name.startswith("asyncio"):
            problems.append(f"thread {thread.name} runs")
    if problems:
        raise AssertionError("\n".join(problems))
