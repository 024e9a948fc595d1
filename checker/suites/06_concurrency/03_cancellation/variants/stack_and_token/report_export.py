"""Reports are written page by page. Who asked for one may change their mind at any moment."""

import asyncio
import os
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any


class Exporter:
    """One token in a queue: who has it may write. What has to be undone lies on a stack."""

    def __init__(self, source: Any, registry: Any, folder: Path) -> None:
        self.source = source
        self.registry = registry
        self.folder = folder
        self.token: asyncio.Queue[object] = asyncio.Queue(1)
        self.token.put_nowait(object())

    async def export(self, name: str) -> Path:
        async with AsyncExitStack() as always:
            always.callback(self.token.put_nowait, await self.token.get())
            target = await self._draft(name)
            publishing = asyncio.gather(self.registry.publish(name))
            try:
                await asyncio.shield(publishing)
            finally:
                await publishing
            return target

    async def _draft(self, name: str) -> Path:
        part, target = (self.folder / f"{name}.{ending}" for ending in ("part", "csv"))
        async with AsyncExitStack() as undo:
            await self.registry.begin(name)
            undo.push_async_callback(self.registry.drop, name)
            undo.callback(self._remove, part)
            await self._append(name, part, 1)
            undo.pop_all()
        os.replace(part, target)
        return target

    async def _append(self, name: str, part: Path, number: int) -> None:
        with part.open("a") as file:
            async for text in self._pages(name, number):
                file.write(text)

    async def _pages(self, name: str, number: int) -> Any:
        while (text := await self.source.page(name, number)) != "":
            yield text
            number += 1

    @staticmethod
    def _remove(part: Path) -> None:
        with suppress(FileNotFoundError):
            part.unlink()
