import asyncio

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue


pytestmark = pytest.mark.asyncio


async def resize(photo: str) -> bytes:
    if photo.startswith("torn"):
        raise ResizeError
    return photo.upper().encode()


async def test_thumbnails_are_made() -> None:
    async with asyncio.timeout(1), ThumbnailQueue(resize, capacity=5) as queue:
        await queue.join()
        for photo in ("cat", "torn 1", "dog", "torn 2"):
            await queue.add(photo)
        await queue.join()
        assert list(queue.thumbnails.items()) == [("cat", b"CAT"), ("dog", b"DOG")]
        assert queue.failed == ["torn 1", "torn 2"]

        await queue.add("fox")
        await queue.join()
        assert queue.thumbnails["fox"] == b"FOX"


async def test_a_full_queue_loses_nothing() -> None:
    async with asyncio.timeout(1), ThumbnailQueue(resize, capacity=1) as queue:
        for photo in ("cat", "dog", "fox", "owl"):
            await queue.add(photo)
        await queue.join()
        assert list(queue.thumbnails) == ["cat", "dog", "fox", "owl"]
