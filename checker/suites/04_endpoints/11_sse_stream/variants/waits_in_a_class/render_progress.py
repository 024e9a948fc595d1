"""How far a map has been rendered: a watcher object for each stream, with a deque and a future."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import StreamingResponse

HEARTBEAT = ": still here\n\n"
HEARTBEAT_S = 15.0


class Watcher:
    """One who waits for a job's events."""

    def __init__(self, job: str, past: list[tuple[int, int]]) -> None:
        self.job = job
        self.waiting = deque(past)
        self.wake: asyncio.Future[None] | None = None

    def tell(self, event: tuple[int, int]) -> None:
        self.waiting.append(event)
        if self.wake is not None and not self.wake.done():
            self.wake.set_result(None)

    async def take(self, patience_s: float) -> tuple[int, int] | None:
        """The next event, or None when there is none for so long."""
        if not self.waiting:
            self.wake = asyncio.get_running_loop().create_future()
            await asyncio.wait([self.wake], timeout=patience_s)
        return self.waiting.popleft() if self.waiting else None


class ProgressFeed:
    """What was published about each job, and who is watching it."""

    def __init__(self) -> None:
        self._events: list[tuple[str, int, int]] = []
        self._watchers: set[Watcher] = set()

    def publish(self, job: str, percent: int) -> None:
        """Tell everybody who watches the job how far it is."""
        number = len(self.past(job)) + 1
        self._events.append((job, number, percent))
        for watcher in self._watchers:
            if watcher.job == job:
                watcher.tell((number, percent))

    def past(self, job: str) -> list[tuple[int, int]]:
        return [(number, percent) for of, number, percent in self._events if of == job]

    def knows(self, job: str) -> bool:
        """Whether anything was published about the job."""
        return any(of == job for of, _, _ in self._events)

    def watchers(self, job: str) -> int:
        """How many streams follow the job now."""
        return sum(watcher.job == job for watcher in self._watchers)

    def add(self, job: str, last_id: int) -> Watcher:
        watcher = Watcher(job, [event for event in self.past(job) if event[0] > last_id])
        self._watchers.add(watcher)
        return watcher

    def remove(self, watcher: Watcher) -> None:
        self._watchers.discard(watcher)


async def progress_stream(
    feed: ProgressFeed,
    job: str,
    is_disconnected: Callable[[], Awaitable[bool]],
    heartbeat_s: float = HEARTBEAT_S,
    last_id: int = 0,
) -> AsyncGenerator[str, None]:
    """The job's events as text. Ends when the job is done or nobody listens any more."""
    async with AsyncExitStack() as stack:
        watcher = feed.add(job, last_id)
        stack.callback(feed.remove, watcher)
        done = False
        while not done:
            match await watcher.take(heartbeat_s):
                case None:
                    text = HEARTBEAT
                case number, percent:
                    lines = [f"id: {number}", "event: progress", f'data: {{"percent": {percent}}}']
                    text = "\n".join(lines) + "\n\n"
                    done = percent >= 100
            if await is_disconnected():
                break
            yield text


def create_app(feed: ProgressFeed) -> FastAPI:
    """The app that shows what is in the feed."""
    app = FastAPI()

    async def follow(job: str, request: Request) -> StreamingResponse:
        if not feed.knows(job):
            raise HTTPException(status_code=404, detail="no such job")
        last_id = int(request.headers.get("last-event-id", "0"))

        async def body() -> AsyncIterator[bytes]:
            async for text in progress_stream(
                feed, job, request.is_disconnected, last_id=last_id
            ):
                yield text.encode()

        headers = {"cache-control": "no-cache", "content-type": "text/event-stream; charset=utf-8"}
        return StreamingResponse(body(), headers=headers)

    app.add_api_route("/jobs/{job}/progress", follow)
    return app
