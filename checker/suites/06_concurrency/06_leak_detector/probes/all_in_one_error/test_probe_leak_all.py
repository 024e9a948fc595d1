"""One test that leaves one of each."""

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


async def fails() -> None:
    raise ValueError("the pump has stopped")


@pytest.mark.asyncio
async def test_leaves_one_of_each() -> None:
    asyncio.create_task(asyncio.sleep(3600), name="lonely-poll")
    await Gauge("Quiet Weir").open()
    start("night-logger")
    asyncio.create_task(fails())
    for _ in range(5):
        await asyncio.sleep(0)
