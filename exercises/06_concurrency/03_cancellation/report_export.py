"""Reports are written page by page. Who asked for one may change their mind at any moment."""

import asyncio
from pathlib import Path
from typing import Protocol


class Source(Protocol):
    """Where the pages come from."""

    async def page(self, name: str, number: int) -> str:
        """The text of a page; the empty text behind the last one."""


class Registry(Protocol):
    """A table with one row for each report."""

    async def begin(self, name: str) -> None:
        """Add a temporary row."""

    async def publish(self, name: str) -> None:
        """Make the temporary row a lasting one."""

    async def drop(self, name: str) -> None:
        """Remove the temporary row."""


class Exporter:
    """Writes reports into a folder, one at a time."""

    def __init__(self, source: Source, registry: Registry, folder: Path) -> None:
        self._source = source
        self._registry = registry
        self._folder = folder
        self._turn = asyncio.Lock()

    async def export(self, name: str) -> Path:
        """Write and publish a report. All of it stays, or nothing."""
        async with self._turn:
            await self._registry.begin(name)
            part = self._folder / f"{name}.part"
            try:
                await self._write(name, part)
            except BaseException:
                part.unlink(missing_ok=True)
                await self._registry.drop(name)
                raise
            publishing = asyncio.create_task(self._publish(name, part))
            try:
                return await asyncio.shield(publishing)
            except asyncio.CancelledError:
                await publishing
                raise

    async def _write(self, name: str, part: Path) -> None:
        with part.open("w") as file:
            number = 1
            while text := await self._source.page(name, number):
                file.write(text)
                number += 1

    async def _publish(self, name: str, part: Path) -> Path:
        report = part.rename(part.with_suffix(".csv"))
        await self._registry.publish(name)
        return report
