"""Threads that run on."""

import threading
from collections.abc import Iterator

import pytest

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
async def test_starts_a_thread() -> None:
    start("tide-logger")


def test_starts_one_without_a_loop() -> None:
    start("rain-logger")


def test_joins_its_thread() -> None:
    thread = threading.Thread(target=int, name="short-lived")
    thread.start()
    thread.join()
