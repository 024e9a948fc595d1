"""How far a map has been rendered: each stream reads one history, and is woken when it grows."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse

HEARTBEAT = ": still here\n\n"
HEARTBEAT_S = 15.0


class ProgressFeed:
    """What was published about each job, and who is watching it."""

    def __init__(self) -> None:
        self.percents: defaultdict[str, list[int]] = defaultdict(list)
        self.following: Counter[str] = Counter()
        self.grown: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)

    def publish(self, job: str, percent: int) -> None:
        """Tell everybody who watches the job how far it is."""
        self.percents[job].append(percent)
        self.grown.pop(job, asyncio.Event()).set()

    def knows(self, job: str) -> bool:
        """Whether anything was published about the job."""
        return bool(self.percents.get(job))

    def watchers(self, job: str) -> int:
        """How many streams follow the job now."""
        return self.following[job]


async def progress_stream(
    feed: ProgressFeed,
    job: str,
    is_disconnected: Callable[[], Awaitable[bool]],
    heartbeat_s: float = HEARTBEAT_S,
    last_id: int = 0,
) -> AsyncGenerator[str, None]:
    """The job's events as text. Ends when the job is done or nobody listens any more."""
    feed.following[job] += 1
    try:
        percent = -1
        while percent != 100:
            if len(feed.percents[job]) <= last_id:
                try:
                    await asyncio.wait_for(feed.grown[job].wait(), heartbeat_s)
                except asyncio.TimeoutError:
                    if await is_disconnected():
                        break
                    yield HEARTBEAT
                    continue
            if await is_disconnected():
                break
            percent = feed.percents[job][last_id]
            last_id += 1
            data = json.dumps({"percent": percent})
            yield "".join([f"id: {last_id}\n", "event: progress\n", f"data: {data}\n", "\n"])
    finally:
        feed.following[job] -= 1


def create_app(feed: ProgressFeed) -> FastAPI:
    """The app that shows what is in the feed."""
    router = APIRouter(prefix="/jobs")

    @router.get("/{job}/progress", response_class=StreamingResponse)
    async def follow(
        job: str, request: Request, last_event_id: Annotated[int | None, Header()] = None
    ) -> Response:
        if feed.knows(job):
            stream = progress_stream(
                feed, job, lambda: request.is_disconnected(), last_id=last_event_id or 0
            )
            response = StreamingResponse(stream, media_type="text/event-stream")
            response.headers["cache-control"] = "no-cache"
            return response
        return JSONResponse({"detail": "no such job"}, 404)

    app = FastAPI()
    app.include_router(router)
    return app
