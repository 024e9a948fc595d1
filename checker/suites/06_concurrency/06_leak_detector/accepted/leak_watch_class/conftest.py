import asyncio
import gc
import logging
import threading
from collections.abc import AsyncIterator
from types import TracebackType

import pytest_asyncio

from river_gauges import Gauge, open_gauges


class Leak(Exception):
    """Something is left."""


class Listener(logging.Handler):
    """Hears what asyncio logs about exceptions that nobody took."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and "never retrieved" in record.getMessage():
            self.heard.append(f"exception {record.exc_info[1]}")


class LeakWatch:
    gauges: frozenset[Gauge]
    threads: frozenset[threading.Thread]

    async def __aenter__(self) -> None:
        self.listener = Listener()
        logging.getLogger("asyncio").addHandler(self.listener)
        self.gauges = frozenset(open_gauges)
        self.threads = frozenset(threading.enumerate())

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        try:
            gc.collect()
        finally:
            logging.getLogger("asyncio").removeHandler(self.listener)
        await asyncio.get_running_loop().shutdown_default_executor()
        names = {task.get_name() for task in tasks}
        names |= {gauge.station for gauge in open_gauges if gauge not in self.gauges}
        names |= {thread.name for thread in threading.enumerate() if thread not in self.threads}
        names |= set(self.listener.heard)
        if names:
            raise Leak(sorted(names))


@pytest_asyncio.fixture(autouse=True, loop_scope="function")
async def leak_watch() -> AsyncIterator[None]:
    async with LeakWatch():
        yield
