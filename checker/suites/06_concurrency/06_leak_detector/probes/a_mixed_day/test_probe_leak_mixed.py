"""Tests that leave things and tests that do not, in turn."""

import asyncio
import threading
from collections.abc import Iterator

import pytest
import pytest_asyncio

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


async def breaks(words: str) -> None:
    me = asyncio.current_task()
    await asyncio.sleep(0)
    raise OSError(words, me)


@pytest_asyncio.fixture
async def weir() -> Gauge:
    gauge = Gauge("Weir No. 9")
    await gauge.open()
    return gauge


@pytest.mark.asyncio
class TestAtNoon:
    async def test_forgets_its_weir(self, weir: Gauge) -> None:
        asyncio.create_task(asyncio.sleep(3600), name="noon-wait")
        assert await asyncio.to_thread(len, "abc") == 3

    async def test_closes_its_weir(self, weir: Gauge) -> None:
        await weir.close()
        assert await asyncio.to_thread(len, "abcd") == 4

    @pytest.mark.parametrize("number", [1, 2])
    async def test_drops_a_failure(self, number: int) -> None:
        asyncio.create_task(breaks(f"storm {number}"))
        for _ in range(5):
            await asyncio.sleep(0)


def test_fails_and_leaves_a_thread() -> None:
    start("noon-logger")
    pytest.fail("meant to fail at noon")


def test_is_well_behaved() -> None:
    assert threads[0].is_alive()
