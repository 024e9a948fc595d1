"""A reader of news feeds, which fetches in the background for as long as it is open."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One headline, and the feed that it came from."""

    feed: str
    headline: str


class NotOpen(RuntimeError):
    """The reader was used before `open`, after `close`, or on another event loop."""


class UnknownFeed(LookupError):
    """Nobody publishes a feed of this name."""


open_readers: set["FeedReader"] = set()
"""Every reader that is open now. Each of them costs the publisher a connection."""


class FeedReader:
    """Reads the feeds that it is subscribed to. Open, use and close it on one loop."""

    def __init__(self, feeds: Mapping[str, Sequence[str]]) -> None:
        self._feeds = feeds
        self._loop: asyncio.AbstractEventLoop | None = None
        self._fetching: dict[str, asyncio.Task[None]] = {}
        self._inbox: asyncio.Queue[Entry]

    @property
    def is_open(self) -> bool:
        return self._loop is not None

    @property
    def subscriptions(self) -> set[str]:
        """The names of the feeds that are being fetched."""
        return set(self._fetching)

    async def open(self) -> None:
        """Connect to the publisher."""
        await asyncio.sleep(0)
        self._loop = asyncio.get_running_loop()
        self._inbox = asyncio.Queue()
        open_readers.add(self)

    async def subscribe(self, name: str) -> None:
        """Begin to fetch the feed `name`. Raises `UnknownFeed`."""
        self._check()
        if name not in self._feeds:
            raise UnknownFeed(name)
        self._fetching[name] = asyncio.create_task(self._fetch(name))

    async def read(self, count: int) -> list[Entry]:
        """Wait for `count` entries, and take them. Those of one feed come in its order."""
        self._check()
        return [await self._inbox.get() for _ in range(count)]

    async def close(self) -> None:
        """Stop fetching, and disconnect. Whoever is closed already stays closed."""
        if not self.is_open:
            return
        self._check()
        for task in self._fetching.values():
            task.cancel()
        await asyncio.gather(*self._fetching.values(), return_exceptions=True)
        self._fetching.clear()
        self._loop = None
        open_readers.discard(self)

    async def _fetch(self, name: str) -> None:
        for headline in self._feeds[name]:
            await asyncio.sleep(0)
            self._inbox.put_nowait(Entry(name, headline))
        await asyncio.Event().wait()  # the connection stays open: there may be more news

    def _check(self) -> None:
        if self._loop is not asyncio.get_running_loop():
            raise NotOpen("open this reader on the event loop that uses it")
