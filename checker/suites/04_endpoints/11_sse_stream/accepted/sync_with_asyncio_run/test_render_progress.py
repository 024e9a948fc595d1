import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any
from unittest.mock import AsyncMock

import pytest
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app, progress_stream

FIRST = 'id: 1\nevent: progress\ndata: {"percent": 5}\n\n'
SECOND = 'id: 2\nevent: progress\ndata: {"percent": 6}\n\n'
THIRD = 'id: 3\nevent: progress\ndata: {"percent": 7}\n\n'
LAST = 'id: 3\nevent: progress\ndata: {"percent": 100}\n\n'
QUIET = ": still here\n\n"


def run(main: Coroutine[Any, Any, None]) -> None:
    async def bounded() -> None:
        await asyncio.wait_for(main, 2)

    asyncio.run(bounded())


def feed_with(*percents: int) -> ProgressFeed:
    feed = ProgressFeed()
    for percent in percents:
        feed.publish("map", percent)
    return feed


def answers(*values: bool) -> Callable[[], Awaitable[bool]]:
    return AsyncMock(side_effect=values)


STAY: Callable[[], Awaitable[bool]] = AsyncMock(return_value=False)


def test_strings_and_end() -> None:
    async def main() -> None:
        feed = feed_with(5, 6, 100)
        assert [text async for text in progress_stream(feed, "map", STAY)] == [FIRST, SECOND, LAST]
        assert feed.watchers("map") == 0

    run(main())


@pytest.mark.parametrize(("last_id", "expected"), [(1, [SECOND, LAST]), (2, [LAST])])
def test_last_id(last_id: int, expected: list[str]) -> None:
    async def main() -> None:
        stream = progress_stream(feed_with(5, 6, 100), "map", STAY, last_id=last_id)
        assert [text async for text in stream] == expected

    run(main())


def test_published_meanwhile() -> None:
    async def main() -> None:
        feed = feed_with(5)
        feed.publish("globe", 5)
        one, two = (progress_stream(feed, "map", STAY) for _ in range(2))
        globe = progress_stream(feed, "globe", STAY)
        assert [await anext(each) for each in (one, two, globe)] == [FIRST] * 3
        assert feed.watchers("map") == 2
        feed.publish("globe", 6)
        feed.publish("map", 6)
        feed.publish("map", 7)
        assert [await anext(one), await anext(one)] == [SECOND, THIRD]
        assert [await anext(two), await anext(two)] == [SECOND, THIRD]
        assert await anext(globe) == SECOND
        await two.aclose()
        assert feed.watchers("map") == 1
        feed.publish("map", 8)
        assert '"percent": 8' in await anext(one)
        await one.aclose()
        await globe.aclose()
        assert feed.watchers("map") == 0

    run(main())


def test_quiet() -> None:
    async def main() -> None:
        feed = feed_with()
        stream = progress_stream(feed, "map", STAY, heartbeat_s=0.002)
        assert await anext(stream) == QUIET
        assert await anext(stream) == QUIET
        feed.publish("map", 5)
        assert await anext(stream) == FIRST
        assert await anext(stream) == QUIET
        await stream.aclose()

    run(main())


def test_gone_while_quiet() -> None:
    async def main() -> None:
        feed = feed_with()
        stream = progress_stream(feed, "map", answers(False, True), heartbeat_s=0.002)
        assert [text async for text in stream] == [QUIET]
        assert feed.watchers("map") == 0

    run(main())


def test_gone_with_events_left() -> None:
    async def main() -> None:
        feed = feed_with(5, 6)
        stream = progress_stream(feed, "map", answers(False, True))
        assert [text async for text in stream] == [FIRST]
        assert feed.watchers("map") == 0

    run(main())


def test_cancelled() -> None:
    async def main() -> None:
        feed = feed_with()

        async def follow() -> None:
            async for _ in progress_stream(feed, "map", STAY):
                raise AssertionError("nothing was published")

        async with asyncio.TaskGroup() as group:
            task = group.create_task(follow())
            while feed.watchers("map") != 1:
                await asyncio.sleep(0)
            task.cancel()
        assert feed.watchers("map") == 0

    run(main())


def test_app() -> None:
    async def main() -> None:
        transport = ASGITransport(create_app(feed_with(5, 6, 100)))
        async with AsyncClient(transport=transport, base_url="http://x") as client:
            response = await client.get("/jobs/map/progress")
            assert response.status_code == 200
            assert response.headers["content-type"] == "text/event-stream; charset=utf-8"
            assert response.headers["cache-control"] == "no-cache"
            assert response.text == FIRST + SECOND + LAST
            later = await client.get("/jobs/map/progress", headers={"Last-Event-ID": "2"})
            assert later.text == LAST
            nothing = await client.get("/jobs/globe/progress")
            assert nothing.status_code == 404
            assert nothing.json() == {"detail": "no such job"}

    run(main())
