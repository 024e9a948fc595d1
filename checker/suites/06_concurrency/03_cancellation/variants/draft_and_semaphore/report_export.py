"""Reports are written page by page. Who asked for one may change their mind at any moment."""

import asyncio
from pathlib import Path
from types import TracebackType
from typing import Any


class Draft:
    """A temporary row and a temporary file, both gone at the end unless they were kept."""

    def __init__(self, registry: Any, folder: Path, name: str) -> None:
        self._registry, self._name = registry, name
        self.path = folder / f"{name}.part"
        self.kept = False

    async def __aenter__(self) -> "Draft":
        await self._registry.begin(self._name)
        self.path.touch()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        if not self.kept:
            if self.path.exists():
                self.path.unlink()
            await self._registry.drop(self._name)


class Exporter:
    """A semaphore with one place; the publishing is waited for until it is done, whatever comes."""

    def __init__(self, source: Any, registry: Any, folder: Path) -> None:
        self._source, self._registry, self._folder = source, registry, folder
        self._place = asyncio.Semaphore(1)

    async def export(self, name: str) -> Path:
        await self._place.acquire()
        try:
            async with Draft(self._registry, self._folder, name) as draft:
                pages: list[str] = []
                while True:
                    text = await self._source.page(name, len(pages) + 1)
                    if not text:
                        break
                    pages.append(text)
                draft.path.write_text("".join(pages))
                draft.kept = True
            report = self._folder / f"{name}.csv"
            draft.path.replace(report)
            await self._uninterrupted(name)
            return report
        finally:
            self._place.release()

    async def _uninterrupted(self, name: str) -> None:
        publishing = asyncio.ensure_future(self._registry.publish(name))
        stopped: asyncio.CancelledError | None = None
        while not publishing.done():
            try:
                await asyncio.wait([publishing])
            except asyncio.CancelledError as error:
                stopped = error
        publishing.result()
        if stopped is not None:
            raise stopped
