"""Thumbnails are made in the background, while people go on uploading photos."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

Resize = Callable[[str], Awaitable[bytes]]


class ResizeError(Exception):
    """This photo cannot be made smaller."""


class ThumbnailQueue:
    """Photos that wait for their thumbnail, and a worker that makes one after the other."""

    def __init__(self, resize: Resize, capacity: int) -> None:
        self.thumbnails: dict[str, bytes] = {}
        self.failed: list[str] = []
        self._resize = resize
        self._photos: asyncio.Queue[str] = asyncio.Queue(capacity)

    async def __aenter__(self) -> Self:
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *details: object) -> None:
        self._worker.cancel()
        await asyncio.wait([self._worker])

    async def add(self, photo: str) -> None:
        """Hand over a photo. Waits for a place while the queue is full."""
        await self._photos.put(photo)

    async def join(self) -> None:
        """Wait until every photo that was added is done or has failed."""
        await self._photos.join()

    async def _work(self) -> None:
        while True:
            photo = await self._photos.get()
            try:
                self.thumbnails[photo] = await self._resize(photo)
            except ResizeError:
                self.failed.append(photo)
            self._photos.task_done()
