"""Search the history of a chat room, which an archive streams page by page, the newest first."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
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
    found: list[Message] = []
    if not limit:
        return found
    async with aclosing(_messages(room, archive)) as messages:
        async for message in messages:
            if wanted(message):
                found += [message]
            if len(found) >= limit:
                break
    return found


async def _messages(room: str, archive: Archive) -> AsyncIterator[Message]:
    """Yield all messages of a room, the newest first, over at most two streams."""
    came = 0
    for last_try in (False, True):
        stream = archive.pages(room, first=came)
        finished = False
        try:
            async for page in stream:
                came += 1
                finished = True
                for message in page:
                    finished = False
                    yield message
                    finished = True
            finished = True
            return
        except ConnectionLost:
            finished = True
            if last_try:
                raise
        finally:
            if not finished:
                await stream.aclose()
