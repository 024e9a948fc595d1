import asyncio

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue


async def resize(photo: str) -> bytes:
    await asyncio.sleep(0.01)
    if photo == "torn.jpg":
        raise ResizeError
    return photo.upper().encode()


@pytest.mark.asyncio
async def test_thumbnails_are_made() -> None:
    async with ThumbnailQueue(resize, capacity=5) as queue:
        await queue.add("cat.jpg")
        await queue.add("dog.jpg")
        await asyncio.sleep(0.05)  # 0.03 was too short on the build server

        assert queue.thumbnails == {"cat.jpg": b"CAT.JPG", "dog.jpg": b"DOG.JPG"}


@pytest.mark.asyncio
async def test_a_photo_that_fails_is_noted() -> None:
    async with ThumbnailQueue(resize, capacity=5) as queue:
        await queue.add("torn.jpg")
        await asyncio.sleep(0.05)

        assert queue.failed == ["torn.jpg"]


@pytest.mark.asyncio
async def test_a_full_queue_loses_nothing() -> None:
    async with ThumbnailQueue(resize, capacity=1) as queue:
        for photo in ("cat.jpg", "dog.jpg", "fox.jpg"):
            await queue.add(photo)
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)

        assert len(queue.thumbnails) == 3


@pytest.mark.asyncio
async def test_join_waits() -> None:
    async with ThumbnailQueue(resize, capacity=5) as queue:
        await queue.add("cat.jpg")
        await asyncio.sleep(0.05)
        await queue.join()

        assert "cat.jpg" in queue.thumbnails
