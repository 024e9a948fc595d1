"""Search the history of a chat room, which an archive streams page by page, the newest first."""

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody wrote in a room."""

    number: int
    author: str
    text: str


Page = list[Message]
Wanted = Callable[[Message], bool]


class ConnectionLost(Exception):
    """The stream broke off. What it gave before is good; the rest can be asked for again."""


class Archive(Protocol):
    """The archive of all rooms. A stream holds one of its few connections until it is closed."""

    def pages(self, room: str, *, first: int) -> AsyncGenerator[Page, None]:
        """The pages of a room from page `first` on; the newest is page 0."""


async def find(room: str, wanted: Wanted, limit: int, *, archive: Archive) -> list[Message]:
    """The newest messages that are wanted, at most `limit` of them, the newest first."""
    return list(await _Search(archive, room, wanted).newest(limit, 0, may_lose=True))


@dataclass(frozen=True)
class _Search:
    """What is looked for, and where."""

    archive: Archive
    room: str
    wanted: Wanted

    async def newest(self, limit: int, first: int, *, may_lose: bool) -> tuple[Message, ...]:
        """Up to `limit` messages from page `first` on."""
        if limit == 0:
            return ()
        found: tuple[Message, ...] = ()
        async with aclosing(self.archive.pages(self.room, first=first)) as stream:
            pages = aiter(stream)
            while True:
                try:
                    page = await anext(pages)
                except StopAsyncIteration:
                    return found
                except ConnectionLost:
                    if not may_lose:
                        raise
                    break
                first += 1
                for hit in filter(self.wanted, page):
                    found = (*found, hit)
                    if len(found) == limit:
                        return found
        return found + await self.newest(limit - len(found), first, may_lose=False)
