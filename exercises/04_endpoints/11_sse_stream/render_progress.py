"""How far a map has been rendered, as a stream of server-sent events that a browser follows."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.responses import StreamingResponse

HEARTBEAT = ": still here\n\n"
HEARTBEAT_S = 15.0
DONE = 100


class ProgressFeed:
    """What was published about each job, and who is watching it."""

    def __init__(self) -> None:
        self._history: dict[str, list[tuple[int, int]]] = {}
        self._queues: dict[str, list[asyncio.Queue[tuple[int, int]]]] = {}

    def publish(self, job: str, percent: int) -> None:
        """Tell everybody who watches the job how far it is."""
        history = self._history.setdefault(job, [])
        event = (len(history) + 1, percent)
        history.append(event)
        for queue in self._queues.get(job, []):
            queue.put_nowait(event)

    def knows(self, job: str) -> bool:
        """Whether anything was published about the job."""
        return job in self._history

    def watchers(self, job: str) -> int:
        """How many streams follow the job now."""
        return len(self._queues.get(job, []))

    @contextmanager
    def watch(self, job: str, last_id: int) -> Iterator[asyncio.Queue[tuple[int, int]]]:
        """A queue of the job's events after `last_id`: those that were, and those to come."""
        queue: asyncio.Queue[tuple[int, int]] = asyncio.Queue()
        for event in self._history.get(job, [])[last_id:]:
            queue.put_nowait(event)
        watching = self._queues.setdefault(job, [])
        watching.append(queue)
        try:
            yield queue
        finally:
            watching.remove(queue)


async def progress_stream(
    feed: ProgressFeed,
    job: str,
    is_disconnected: Callable[[], Awaitable[bool]],
    heartbeat_s: float = HEARTBEAT_S,
    last_id: int = 0,
) -> AsyncGenerator[str, None]:
    """The job's events as text. Ends when the job is done or nobody listens any more."""
    with feed.watch(job, last_id) as queue:
        while True:
            try:
                async with asyncio.timeout(heartbeat_s):
                    event = await queue.get()
            except TimeoutError:
                event = None
            if await is_disconnected():
                return
            if event is None:
                yield HEARTBEAT
                continue
            number, percent = event
            yield f'id: {number}\nevent: progress\ndata: {{"percent": {percent}}}\n\n'
            if percent == DONE:
                return


def create_app(feed: ProgressFeed) -> FastAPI:
    """The app that shows what is in the feed."""
    app = FastAPI()

    @app.get("/jobs/{job}/progress")
    async def follow(
        job: str, request: Request, last_event_id: Annotated[int, Header()] = 0
    ) -> StreamingResponse:
        if not feed.knows(job):
            raise HTTPException(404, "no such job")
        return StreamingResponse(
            progress_stream(feed, job, request.is_disconnected, last_id=last_event_id),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-cache"},
        )

    return app
