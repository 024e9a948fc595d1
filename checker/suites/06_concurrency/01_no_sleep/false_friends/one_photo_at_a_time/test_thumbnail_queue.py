import asyncio

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue


pytestmark = pytest.mark.asyncio


class Camera:
    def __init__(self) -> None:
        self.began: list[str] = []
        self.ended: list[str] = []
        self.came = asyncio.Event()
        self.gate = asyncio.Event()

    async def resize(self, photo: str) -> bytes:
        self.began.append(photo)
        self.came.set()
        try:
            await self.gate.wait()
        finally:
            self.ended.append(photo)
        if photo == "torn":
            raise ResizeError
        return photo.upper().encode()


@pytest.fixture
def camera() -> Camera:
    return Camera()


async def test_a_thumbnail_is_made(camera: Camera) -> None:
    async with asyncio.timeout(1), ThumbnailQueue(camera.resize, 1) as queue:
        await queue.join()
        await queue.add("cat")
        await camera.came.wait()
        joining = asyncio.create_task(queue.join())
        await asyncio.sleep(0)
        assert not joining.done()
        assert queue.thumbnails == {}
        camera.gate.set()
        await joining
        assert queue.thumbnails == {"cat": b"CAT"}
        assert (queue.failed, camera.began) == ([], ["cat"])


async def test_a_photo_that_fails_is_noted(camera: Camera) -> None:
    async with asyncio.timeout(1), ThumbnailQueue(camera.resize, 1) as queue:
        camera.gate.set()
        await queue.add("torn")
        await queue.join()
        assert (queue.failed, queue.thumbnails) == (["torn"], {})
        assert camera.began == ["torn"]


async def test_leaving(camera: Camera) -> None:
    async with asyncio.timeout(1):
        async with ThumbnailQueue(camera.resize, 1) as queue:
            await queue.add("cat")
            await camera.came.wait()
    assert camera.ended == ["cat"]
    assert (queue.failed, queue.thumbnails) == ([], {})
