"""Tests that leave something, and do not pass."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from river_gauges import Gauge

release = threading.Event()
threads: list[threading.Thread] = []


@pytest.fixture(scope="module", autouse=True)
def threads_end_with_the_module() -> Iterator[None]:
    yield
    release.set()
    for thread in threads:
        thread.join()


def start(name: str) -> None:
    threads.append(threading.Thread(target=release.wait, name=name, daemon=True))
    threads[-1].start()


@pytest.mark.asyncio
async def test_fails() -> None:
    asyncio.create_task(asyncio.sleep(3600), name="poll-of-a-failure")
    await Gauge("Broken Dam").open()
    start("dam-logger")
    pytest.fail("this test is meant to fail")


@pytest.mark.asyncio
async def test_is_skipped() -> None:
    asyncio.create_task(asyncio.sleep(3600), name="poll-of-a-skip")
    await Gauge("Dry Dam").open()
    pytest.skip("this test is meant to be skipped")
