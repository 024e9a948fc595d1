"""Tasks that wait for something which nobody else has."""

import asyncio
import gc
from collections.abc import Iterator

import pytest

pytestmark = pytest.mark.asyncio


@pytest.fixture(scope="module", autouse=True)
def no_collection_by_chance() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


async def test_waits_for_nothing() -> None:
    asyncio.create_task(asyncio.Event().wait(), name="endless-wait")
    await asyncio.sleep(0)


async def test_reads_an_empty_queue() -> None:
    asyncio.create_task(asyncio.Queue().get(), name="empty-queue-reader")
    await asyncio.sleep(0)
