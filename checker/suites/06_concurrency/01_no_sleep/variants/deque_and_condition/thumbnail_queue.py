"""Thumbnails are made in the background, while people go on uploading photos."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

Resize = Callable[[str], Awaitable[bytes]]


class ResizeError(Exception):
    """This photo cannot be made smaller."""


class ThumbnailQueue:
    """A deque of photos, and a condition that tells of every change to it."""

    def __init__(self, resize: Resize, capacity: int) -> None:
        self.thumbnails: dict[str, bytes] = {}
        self.failed: list[str] = []
        self._resize = resize
        self._capacity = capacity
        self._waiting: deque[str] = deque()
        self._open = 0
        self._changed = asyncio.Condition()
        self._worker: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "ThumbnailQueue":
        self._worker = asyncio.create_task(self._work())
        return self

    async def __aexit__(self, *details: object) -> None:
        if self._worker is not None:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)

    async def add(self, photo: str) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._waiting) < self._capacity)
            self._waiting.append(photo)
            self._open += 1
            self._changed.notify_all()

    async def join(self) -> None:
        async with self._changed:
            await self._changed.wait_for(lambda: self._open == 0)

    async def _next(self) -> str:
        async with self._changed:
            await self._changed.wait_for(lambda: bool(self._waiting))
            photo = self._waiting.popleft()
            self._changed.notify_all()
            return photo

    async def _work(self) -> None:
        while True:
            photo = await self._next()
            try:
                small = await self._resize(photo)
            except ResizeError:
                self.failed.append(photo)
            else:
                self.thumbnails[photo] = small
            async with self._changed:
                self._open -= 1
                self._changed.notify_all()
