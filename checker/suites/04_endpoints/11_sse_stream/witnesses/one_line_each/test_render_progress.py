import asyncio
from contextlib import aclosing

import pytest
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app, progress_stream

pytestmark = pytest.mark.asyncio


async def here() -> bool:
    return False


def feed_with(*percents: int) -> ProgressFeed:
    feed = ProgressFeed()
    for percent in percents:
        feed.publish("a", percent)
    return feed


async def first(feed: ProgressFeed, last_id: int = 0) -> str:
    async with asyncio.timeout(2), aclosing(progress_stream(feed, "a", here, last_id=last_id)) as it:
        return await anext(it)


async def test_blank_line() -> None:
    assert (await first(feed_with(5))).endswith("\n\n")


async def test_some_id() -> None:
    assert "id: " in await first(feed_with(5))


async def test_name() -> None:
    assert "event: progress\n" in await first(feed_with(5))


async def test_json() -> None:
    assert 'data: {"' in await first(feed_with(5))


async def test_not_from_the_start() -> None:
    assert 'percent": 5}' not in await first(feed_with(5, 6, 7), last_id=2)


async def test_the_second_stream_gets_it() -> None:
    feed = feed_with(5)
    one, two = (progress_stream(feed, "a", here, last_id=0) for _ in range(2))
    async with asyncio.timeout(2), aclosing(one), aclosing(two):
        await anext(one)
        await anext(two)
        feed.publish("a", 6)
        assert "6" in await anext(two)


async def test_gone_after_the_first() -> None:
    answers = iter([False, True, True])

    async def gone() -> bool:
        return next(answers)

    async with asyncio.timeout(2), aclosing(progress_stream(feed_with(1, 2), "a", gone)) as stream:
        await anext(stream)
        with pytest.raises(StopAsyncIteration):
            await anext(stream)


async def test_two_jobs_are_counted_apart() -> None:
    feed = feed_with(5)
    async with asyncio.timeout(2), aclosing(progress_stream(feed, "a", here)) as stream:
        await anext(stream)
        assert feed.watchers("b") == 0


async def test_content_type_alone() -> None:
    transport = ASGITransport(app=create_app(feed_with(100)))
    async with asyncio.timeout(2), AsyncClient(transport=transport, base_url="http://w") as client:
        response = await client.get("/jobs/a/progress")
    assert response.headers["content-type"].startswith("text/event-stream")
