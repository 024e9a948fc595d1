"""Thumbnails are made in the background, while people go on uploading photos."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Self

Resize = Callable[[str], Awaitable[bytes]]


class ResizeError(Exception):
    """This photo cannot be made smaller."""


class ThumbnailQueue:
    """Each photo is a task; a lock, which is fair, lets one of them work at a time."""

    def __init__(self, resize: Resize, capacity: int) -> None:
        self.thumbnails: dict[str, bytes] = {}
        self.failed: list[str] = []
        self._resize = resize
        self._places = asyncio.Semaphore(capacity)
        self._desk = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *details: object) -> None:
        for task in self._tasks:
            task.cancel()
        await self.join()

    async def add(self, photo: str) -> None:
        await self._places.acquire()
        task = asyncio.create_task(self._make(photo))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def join(self) -> None:
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def _make(self, photo: str) -> None:
        async with self._desk:
            self._places.release()
            try:
                self.thumbnails[photo] = await self._resize(photo)
            except ResizeError:
                self.failed.append(photo)
