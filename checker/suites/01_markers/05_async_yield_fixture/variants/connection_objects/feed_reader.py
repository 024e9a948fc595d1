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


class _Connection:
    """One feed, fetched by a task of its own until `stop`."""

    def __init__(self, name: str, headlines: Sequence[str], inbox: "asyncio.Queue[Entry]") -> None:
        self.name = name
        self._stop = asyncio.Event()
        self._task = asyncio.ensure_future(self._run(headlines, inbox))

    async def _run(self, headlines: Sequence[str], inbox: "asyncio.Queue[Entry]") -> None:
        for headline in headlines:
            await inbox.put(Entry(feed=self.name, headline=headline))
        await self._stop.wait()

    async def stop(self) -> None:
        self._stop.set()
        await self._task


class FeedReader:
    """Reads the feeds that it is subscribed to. Open, use and close it on one loop."""

    def __init__(self, feeds: Mapping[str, Sequence[str]]) -> None:
        self._feeds = dict(feeds)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connections: list[_Connection] = []
        self._inbox: asyncio.Queue[Entry]

    @property
    def is_open(self) -> bool:
        return bool(self._loop)

    @property
    def subscriptions(self) -> set[str]:
        """The names of the feeds that are being fetched."""
        return {connection.name for connection in self._connections}

    async def open(self) -> None:
        """Connect to the publisher."""
        self._loop = asyncio.get_running_loop()
        self._inbox = asyncio.Queue()
        open_readers.add(self)

    async def subscribe(self, name: str) -> None:
        """Begin to fetch the feed `name`. Raises `UnknownFeed`."""
        self._check()
        headlines = self._feeds.get(name)
        if headlines is None:
            raise UnknownFeed(name)
        self._connections.append(_Connection(name, headlines, self._inbox))
        await asyncio.sleep(0)

    async def read(self, count: int) -> list[Entry]:
        """Wait for `count` entries, and take them. Those of one feed come in its order."""
        self._check()
        entries: list[Entry] = []
        while len(entries) < count:
            entries.append(await self._inbox.get())
        return entries

    async def close(self) -> None:
        """Stop fetching, and disconnect. Whoever is closed already stays closed."""
        if self._loop is None:
            return
        self._check()
        while self._connections:
            await self._connections.pop().stop()
        self._loop = None
        open_readers.discard(self)

    def _check(self) -> None:
        if self._loop != asyncio.get_running_loop():
            raise NotOpen("open this reader on the event loop that uses it")
