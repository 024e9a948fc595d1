"""Fixtures that start something, and end it themselves."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from river_gauges import Gauge, open_gauges


@pytest_asyncio.fixture
async def heartbeat() -> AsyncIterator[asyncio.Task[float]]:
    task = asyncio.create_task(asyncio.sleep(3600, 0.0), name="heartbeat")
    yield task
    task.cancel()
    await asyncio.wait([task])


@pytest_asyncio.fixture(autouse=True)
async def gauge() -> AsyncIterator[Gauge]:
    async with Gauge("Own Fixture") as gauge:
        yield gauge


@pytest.fixture
def logger() -> Iterator[threading.Thread]:
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="own-logger")
    thread.start()
    yield thread
    release.set()
    thread.join()


@pytest.mark.asyncio
async def test_uses_them(heartbeat: asyncio.Task[float], gauge: Gauge, logger: threading.Thread) -> None:
    await asyncio.sleep(0)
    assert not heartbeat.done()
    assert gauge in open_gauges
    assert logger.is_alive()


def test_uses_a_thread(logger: threading.Thread) -> None:
    assert logger.is_alive()
