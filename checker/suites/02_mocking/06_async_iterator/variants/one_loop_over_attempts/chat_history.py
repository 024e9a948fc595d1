"""Search the history of a chat room, which an archive streams page by page, the newest first."""

from collections.abc import AsyncGenerator, Callable
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
    failure: BaseException | None = None  # of `wanted`
    came, attempts = 0, 2
    while attempts and len(found) < limit:
        attempts -= 1
        stream = archive.pages(room, first=came)
        try:
            async for page in stream:
                came += 1
                try:
                    found.extend(_hits(page, wanted, limit - len(found)))
                except BaseException as error:
                    failure = error
                    await stream.aclose()
                    raise
                if len(found) == limit:
                    await stream.aclose()
                    break
            break
        except ConnectionLost as lost:
            if attempts == 0 or lost is failure:
                raise
    return found


def _hits(page: Page, wanted: Wanted, missing: int) -> list[Message]:
    """The first messages of a page that are wanted, no more than are missing."""
    hits: list[Message] = []
    for message in page:
        if len(hits) == missing:
            break
        if wanted(message):
            hits.append(message)
    return hits
