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
    search = _Search(room, wanted, limit, archive)
    if limit > 0:
        try:
            await search.read_on()
        except ConnectionLost:
            if search.asking:  # it is an error of `wanted`, not of the stream
                raise
            await search.read_on()
    return search.found


class _Search:
    """How far a search has come."""

    def __init__(self, room: str, wanted: Wanted, limit: int, archive: Archive) -> None:
        self._room = room
        self._question = wanted
        self._limit = limit
        self._archive = archive
        self._pages = 0
        self.found: list[Message] = []
        self.asking = False

    def _wanted(self, message: Message) -> bool:
        self.asking = True
        answer = self._question(message)
        self.asking = False
        return answer

    async def read_on(self) -> None:
        """Read from the first page that was not read yet, until there is enough or no more."""
        async with aclosing(self._archive.pages(self._room, first=self._pages)) as stream:
            async for page in stream:
                self._pages += 1
                for message in page:
                    if self._wanted(message):
                        self.found.append(message)
                        if len(self.found) == self._limit:
                            return
