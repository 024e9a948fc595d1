"""A reader of news feeds, which fetches in the background for as long as it is open."""

import asyncio
from collections import deque
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
        self._state: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None
        self._position: dict[str, int] = {}
        self._unread: deque[Entry] = deque()

    @property
    def is_open(self) -> bool:
        return self in open_readers

    @property
    def subscriptions(self) -> set[str]:
        """The names of the feeds that are being fetched."""
        return {*self._position}

    async def open(self) -> None:
        """Connect to the publisher."""
        self._news = asyncio.Condition()
        loop = asyncio.get_running_loop()
        self._state = (loop, loop.create_task(self._fetch_all()))
        open_readers.add(self)
        await asyncio.sleep(0)

    async def subscribe(self, name: str) -> None:
        """Begin to fetch the feed `name`. Raises `UnknownFeed`."""
        self._check()
        try:
            self._feeds[name]
        except KeyError:
            raise UnknownFeed(name) from None
        async with self._news:
            self._position[name] = 0
            self._news.notify_all()

    async def read(self, count: int) -> list[Entry]:
        """Wait for `count` entries, and take them. Those of one feed come in its order."""
        self._check()
        async with self._news:
            await self._news.wait_for(lambda: len(self._unread) >= count)
            return [self._unread.popleft() for _ in range(count)]

    async def close(self) -> None:
        """Stop fetching, and disconnect. Whoever is closed already stays closed."""
        if self._state is not None:
            self._check()
            _, task = self._state
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            self._position = {}
            self._state = None
            open_readers.remove(self)

    async def _fetch_all(self) -> None:
        while True:
            async with self._news:
                await self._news.wait_for(self._is_behind)
                for name, position in self._position.items():
                    if position < len(self._feeds[name]):
                        self._unread.append(Entry(name, self._feeds[name][position]))
                        self._position[name] += 1
                self._news.notify_all()

    def _is_behind(self) -> bool:
        return any(position < len(self._feeds[name]) for name, position in self._position.items())

    def _check(self) -> None:
        if self._state is None or self._state[0] is not asyncio.get_running_loop():
            raise NotOpen("open this reader on the event loop that uses it")
