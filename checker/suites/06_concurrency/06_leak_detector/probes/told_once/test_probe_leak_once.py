"""One test leaves something, and the next ones do not."""

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

kept: list[object] = []


@pytest.mark.asyncio
async def test_leaves_something() -> None:
    kept.append(asyncio.create_task(asyncio.sleep(3600), name="old-poll"))
    await Gauge("Old Ferry").open()
    start("old-logger")


@pytest.mark.asyncio
async def test_leaves_nothing() -> None:
    await asyncio.sleep(0)


def test_leaves_nothing_either() -> None:
    pass


@pytest.mark.asyncio
async def test_leaves_another_gauge() -> None:
    await Gauge("New Ferry").open()


@pytest.mark.asyncio
async def test_leaves_nothing_again() -> None:
    await asyncio.sleep(0)
