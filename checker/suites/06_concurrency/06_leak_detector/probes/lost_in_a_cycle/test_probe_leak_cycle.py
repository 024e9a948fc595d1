"""A task that fails and holds itself: it is thrown away when garbage is collected."""

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


async def fails() -> None:
    me = asyncio.current_task()
    assert me is not None
    raise ValueError("the float is stuck")


async def test_does_not_look() -> None:
    asyncio.create_task(fails())
    for _ in range(5):
        await asyncio.sleep(0)


async def test_runs_afterwards() -> None:
    await asyncio.sleep(0)
