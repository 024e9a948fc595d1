import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import Any, TypeAlias

import pytest
import pytest_asyncio
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app, progress_stream

Stream: TypeAlias = AsyncGenerator[str, None]
Open: TypeAlias = Callable[..., Stream]


@pytest.fixture
def feed() -> ProgressFeed:
    return ProgressFeed()


@pytest_asyncio.fixture
async def follow(feed: ProgressFeed) -> AsyncIterator[Open]:
    """Opens streams and closes them after the test."""
    streams: list[Stream] = []

    def open_(job: str = "isle", gone: list[bool] | None = None, **options: Any) -> Stream:
        async def is_disconnected() -> bool:
            return gone.pop(0) if gone else False

        streams.append(progress_stream(feed, job, is_disconnected, **options))
        return streams[-1]

    yield open_
    for stream in streams:
        await stream.aclose()


async def take(stream: Stream) -> tuple[int, int] | str:
    """(id, percent) of the next event, "beat" for a heartbeat, "end" at the end."""
    try:
        async with asyncio.timeout(1):
            text = await stream.__anext__()
    except StopAsyncIteration:
        return "end"
    if text == ": still here\n\n":
        return "beat"
    head, kind, data, *rest = text.split("\n")
    assert head.startswith("id: ") and kind == "event: progress" and rest == ["", ""]
    assert data.startswith('data: {"percent": ') and data.endswith("}")
    return int(head[4:]), int(data[18:-1])


@pytest.mark.asyncio
async def test_the_text_itself(feed: ProgressFeed, follow: Open) -> None:
    feed.publish("isle", 12)
    async with asyncio.timeout(1):
        text = await anext(follow())
    assert text == 'id: 1\nevent: progress\ndata: {"percent": 12}\n\n'


@pytest.mark.asyncio
async def test_order(feed: ProgressFeed, follow: Open) -> None:
    feed.publish("reef", 1)
    feed.publish("isle", 1)
    feed.publish("isle", 2)
    stream = follow()
    assert await take(stream) == (1, 1)
    for percent in (3, 4):
        feed.publish("reef", 50)
        feed.publish("isle", percent)
    assert [await take(stream) for _ in range(3)] == [(2, 2), (3, 3), (4, 4)]
    assert await take(follow(last_id=3)) == (4, 4)


@pytest.mark.asyncio
async def test_beats(feed: ProgressFeed, follow: Open) -> None:
    stream = follow(heartbeat_s=0.001)
    assert [await take(stream), await take(stream)] == ["beat", "beat"]
    feed.publish("isle", 9)
    assert [await take(stream), await take(stream)] == [(1, 9), "beat"]


@pytest.mark.asyncio
async def test_done(feed: ProgressFeed, follow: Open) -> None:
    stream = follow()
    feed.publish("isle", 100)
    assert [await take(stream), await take(stream)] == [(1, 100), "end"]
    assert feed.watchers("isle") == 0


@pytest.mark.asyncio
async def test_gone(feed: ProgressFeed, follow: Open) -> None:
    feed.publish("isle", 1)
    feed.publish("isle", 2)
    busy = follow(gone=[False, True])
    assert [await take(busy), await take(busy)] == [(1, 1), "end"]
    quiet = follow(gone=[False, True], heartbeat_s=0.001, last_id=1)
    assert [await take(quiet), await take(quiet)] == [(2, 2), "end"]
    assert feed.watchers("isle") == 0


@pytest.mark.asyncio
async def test_two_and_a_stranger(feed: ProgressFeed, follow: Open) -> None:
    feed.publish("isle", 1)
    feed.publish("reef", 1)
    left, right = follow(), follow()
    for stream in (left, right, follow("reef")):
        await take(stream)
    assert (feed.watchers("isle"), feed.watchers("reef")) == (2, 1)
    feed.publish("isle", 2)
    assert await take(left) == await take(right) == (2, 2)
    await left.aclose()
    assert feed.watchers("isle") == 1
    feed.publish("isle", 3)
    assert await take(right) == (3, 3)


@pytest.mark.asyncio
async def test_cancelled(feed: ProgressFeed, follow: Open) -> None:
    waiting = asyncio.create_task(take(follow()))
    for _ in range(5):
        await asyncio.sleep(0)
    assert feed.watchers("isle") == 1
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)
    assert feed.watchers("isle") == 0


@pytest.mark.asyncio
@pytest.mark.parametrize(("header", "first"), [({}, 1), ({"Last-Event-ID": "2"}, 3)])
async def test_app(feed: ProgressFeed, header: dict[str, str], first: int) -> None:
    for percent in (20, 40, 60, 100):
        feed.publish("isle", percent)
    transport = ASGITransport(app=create_app(feed))
    async with (
        asyncio.timeout(1),
        AsyncClient(transport=transport, base_url="http://maps") as client,
    ):
        response = await client.get("/jobs/isle/progress", headers=header)
        missing = await client.get("/jobs/reef/progress")
    assert missing.status_code == 404 and missing.json()["detail"] == "no such job"
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert response.headers["cache-control"] == "no-cache"
    events = enumerate((20, 40, 60, 100), 1)
    assert response.text == "".join(
        f'id: {number}\nevent: progress\ndata: {{"percent": {percent}}}\n\n'
        for number, percent in events
        if number >= first
    )
