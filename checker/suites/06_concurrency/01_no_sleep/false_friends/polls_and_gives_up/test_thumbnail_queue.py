import asyncio

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue


pytestmark = pytest.mark.asyncio


class Camera:
    def __init__(self) -> None:
        self.began: list[str] = []
        self.gate = asyncio.Event()

    async def resize(self, photo: str) -> bytes:
        self.began.append(photo)
        await self.gate.wait()
        if photo.startswith("torn"):
            raise ResizeError
        return photo.upper().encode()


async def eventually(done: object) -> None:
    """Wait until it is so, a thousand turns at most."""
    for _ in range(1000):
        if callable(done) and done():
            break
        await asyncio.sleep(0)


async def test_thumbnails_are_made() -> None:
    camera = Camera()
    async with ThumbnailQueue(camera.resize, capacity=5) as queue:
        await queue.add("cat")
        await queue.add("dog")
        await eventually(lambda: camera.began == ["cat"])
        assert queue.thumbnails == {}
        camera.gate.set()
        await eventually(lambda: queue.thumbnails == {"cat": b"CAT", "dog": b"DOG"})


async def test_photos_that_fail_are_noted() -> None:
    camera = Camera()
    camera.gate.set()
    async with ThumbnailQueue(camera.resize, capacity=5) as queue:
        for photo in ("torn 1", "cat", "torn 2", "dog"):
            await queue.add(photo)
        await eventually(lambda: queue.failed == ["torn 1", "torn 2"])
        await eventually(lambda: "dog" in queue.thumbnails)


async def test_a_full_queue_loses_nothing() -> None:
    camera = Camera()
    async with ThumbnailQueue(camera.resize, capacity=2) as queue:
        await queue.add("cat")
        await eventually(lambda: camera.began == ["cat"])
        async with asyncio.timeout(1):
            await queue.add("dog")
            await queue.add("fox")
        adding = asyncio.create_task(queue.add("owl"))
        await asyncio.sleep(0)
        assert not adding.done()
        camera.gate.set()
        await eventually(lambda: len(queue.thumbnails) == 4)


async def test_join_waits() -> None:
    camera = Camera()
    async with ThumbnailQueue(camera.resize, capacity=5) as queue:
        await queue.add("cat")
        joining = asyncio.create_task(queue.join())
        await eventually(lambda: camera.began == ["cat"])
        assert not joining.done()
        camera.gate.set()
        await eventually(joining.done)
