"""What a browser gets that follows a job, and what remains when it is gone."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

import pytest
from httpx import ASGITransport, AsyncClient

from render_progress import ProgressFeed, create_app, progress_stream

pytestmark = pytest.mark.asyncio

HEARTBEAT = ": still here\n\n"
BOUND_S = 2.0


def progress(number: int, percent: int) -> str:
    return f'id: {number}\nevent: progress\ndata: {{"percent": {percent}}}\n\n'


async def listening() -> bool:
    return False


async def following(stream: AsyncGenerator[str, None]) -> str | None:
    """The stream's next string, or None at its end; never waits for long."""
    return await anext(stream, None)


@pytest.fixture
def feed() -> ProgressFeed:
    feed = ProgressFeed()
    feed.publish("alps", 10)
    feed.publish("alps", 20)
    return feed


async def test_the_past_comes_first_and_the_rest_in_order(feed: ProgressFeed) -> None:
    async with aclosing(progress_stream(feed, "alps", listening)) as stream:
        assert await following(stream) == progress(1, 10)
        feed.publish("alps", 30)
        feed.publish("alps", 40)

        assert [await following(stream) for _ in range(3)] == [
            progress(2, 20),
            progress(3, 30),
            progress(4, 40),
        ]


async def test_each_job_has_its_own_events(feed: ProgressFeed) -> None:
    feed.publish("coast", 50)
    async with aclosing(progress_stream(feed, "coast", listening)) as stream:
        assert await following(stream) == progress(1, 50)
        feed.publish("alps", 30)
        feed.publish("coast", 60)

        assert await following(stream) == progress(2, 60)


async def test_a_stream_goes_on_after_the_last_event_seen(feed: ProgressFeed) -> None:
    async with aclosing(progress_stream(feed, "alps", listening, last_id=1)) as stream:
        assert await following(stream) == progress(2, 20)


async def test_silence_is_filled_with_heartbeats(feed: ProgressFeed) -> None:
    async with aclosing(progress_stream(feed, "alps", listening, 0.001, last_id=2)) as stream:
        assert [await following(stream) for _ in range(3)] == [HEARTBEAT] * 3

        feed.publish("alps", 30)
        feed.publish("alps", 40)
        assert await following(stream) == progress(3, 30)
        assert await following(stream) == progress(4, 40)
        assert await following(stream) == HEARTBEAT


async def test_a_stream_ends_with_its_job(feed: ProgressFeed) -> None:
    async with aclosing(progress_stream(feed, "alps", listening, last_id=2)) as stream:
        feed.publish("alps", 100)

        assert await following(stream) == progress(3, 100)
        assert await following(stream) is None
        assert feed.watchers("alps") == 0


@pytest.mark.parametrize("last_id", [1, 2], ids=["with-an-event", "with-a-heartbeat"])
async def test_nothing_is_sent_to_a_browser_that_is_gone(feed: ProgressFeed, last_id: int) -> None:
    answers = iter([False, True])

    async def is_disconnected() -> bool:
        return next(answers)

    stream = progress_stream(feed, "alps", is_disconnected, 0.001, last_id - 1)
    async with aclosing(stream):
        assert await following(stream) == progress(last_id, 10 * last_id)
        assert feed.watchers("alps") == 1

        assert await following(stream) is None
        assert feed.watchers("alps") == 0


async def test_streams_of_a_job_do_not_disturb_each_other(feed: ProgressFeed) -> None:
    feed.publish("coast", 50)
    mine, yours, other = (
        progress_stream(feed, job, listening) for job in ("alps", "alps", "coast")
    )
    async with aclosing(mine), aclosing(yours), aclosing(other):
        for stream in (mine, yours, other):
            await following(stream)
        assert (feed.watchers("alps"), feed.watchers("coast")) == (2, 1)
        feed.publish("alps", 30)
        assert [await following(mine) for _ in range(2)] == [progress(2, 20), progress(3, 30)]
        assert [await following(yours) for _ in range(2)] == [progress(2, 20), progress(3, 30)]

        await mine.aclose()

        assert (feed.watchers("alps"), feed.watchers("coast")) == (1, 1)
        feed.publish("alps", 40)
        assert await following(yours) == progress(4, 40)


async def test_a_cancelled_stream_watches_no_more(feed: ProgressFeed) -> None:
    stream = progress_stream(feed, "alps", listening, last_id=2)
    waiting = asyncio.create_task(anext(stream))
    async with asyncio.timeout(BOUND_S):
        while not feed.watchers("alps"):
            await asyncio.sleep(0)

    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting

    assert feed.watchers("alps") == 0


async def test_a_finished_job_through_the_app(feed: ProgressFeed) -> None:
    feed.publish("alps", 100)
    transport = ASGITransport(app=create_app(feed))
    async with AsyncClient(transport=transport, base_url="http://maps") as client:
        whole = await client.get("/jobs/alps/progress")
        rest = await client.get("/jobs/alps/progress", headers={"Last-Event-ID": "1"})
        unknown = await client.get("/jobs/coast/progress")

    assert whole.status_code == 200
    assert whole.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert whole.headers["cache-control"] == "no-cache"
    assert whole.text == progress(1, 10) + progress(2, 20) + progress(3, 100)
    assert rest.text == progress(2, 20) + progress(3, 100)
    assert (unknown.status_code, unknown.json()) == (404, {"detail": "no such job"})
