"""A gauge and a thread that belong to the module."""

import asyncio
import threading
from collections.abc import Iterator

import pytest

from river_gauges import Gauge, open_gauges


@pytest.fixture(scope="module")
def line() -> Iterator[Gauge]:
    gauge = Gauge("Main Line")
    open_gauges.add(gauge)
    yield gauge
    open_gauges.discard(gauge)


@pytest.fixture(scope="module")
def logger() -> Iterator[threading.Thread]:
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="main-logger")
    thread.start()
    yield thread
    release.set()
    thread.join()


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2])
async def test_uses_both(line: Gauge, logger: threading.Thread, number: int) -> None:
    await asyncio.sleep(0)
    assert logger.is_alive()
    assert line in open_gauges


def test_is_plain(logger: threading.Thread) -> None:
    assert logger.is_alive()


@pytest.mark.asyncio
async def test_closes_the_line(line: Gauge) -> None:
    await line.close()


@pytest.mark.asyncio
async def test_still_finds_the_line_closed(line: Gauge) -> None:
    assert open_gauges == set()
