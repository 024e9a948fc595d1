import asyncio

import httpx
import pytest

from render_progress import ProgressFeed, create_app, progress_stream

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class Browser:
    """Follows one job; leaves after so many questions."""

    def __init__(
        self, feed: ProgressFeed, job: str = "j", *, beat: float = 30, last: int = 0, leaves: int = 99
    ) -> None:
        self.questions = 0
        self.leaves = leaves
        self.stream = progress_stream(feed, job, self.is_gone, beat, last)

    async def is_gone(self) -> bool:
        self.questions += 1
        return self.questions > self.leaves

    async def read(self, count: int) -> list[str]:
        """At most so many strings; fewer if the stream ends before."""
        texts: list[str] = []
        for _ in range(count):
            try:
                texts.append(await asyncio.wait_for(anext(self.stream), 1.5))
            except StopAsyncIteration:
                break
        return texts


def message(id: int, percent: int) -> str:
    return "id: %d\nevent: progress\ndata: {\"percent\": %d}\n\n" % (id, percent)


BEAT = ": still here\n\n"


class TestEvents:
    async def test_before_and_after(self) -> None:
        feed = ProgressFeed()
        feed.publish("x", 99)
        feed.publish("j", 1)
        feed.publish("j", 2)
        browser = Browser(feed)
        assert await browser.read(1) == [message(1, 1)]
        feed.publish("x", 98)
        feed.publish("j", 3)
        feed.publish("j", 4)
        assert await browser.read(3) == [message(2, 2), message(3, 3), message(4, 4)]
        await browser.stream.aclose()

    async def test_goes_on_after_an_id(self) -> None:
        feed = ProgressFeed()
        for percent in (5, 6, 7, 100):
            feed.publish("j", percent)
        assert await Browser(feed, last=2).read(9) == [message(3, 7), message(4, 100)]
        assert feed.watchers("j") == 0

    async def test_end(self) -> None:
        feed = ProgressFeed()
        browser = Browser(feed)
        feed.publish("j", 100)
        assert await browser.read(2) == [message(1, 100)]

    async def test_heartbeats(self) -> None:
        feed = ProgressFeed()
        browser = Browser(feed, beat=0.001)
        assert await browser.read(2) == [BEAT, BEAT]
        feed.publish("j", 0)
        assert await browser.read(2) == [message(1, 0), BEAT]
        await browser.stream.aclose()


class TestLeaving:
    async def test_with_events_waiting(self) -> None:
        feed = ProgressFeed()
        feed.publish("j", 1)
        feed.publish("j", 2)
        assert await Browser(feed, leaves=1).read(2) == [message(1, 1)]
        assert feed.watchers("j") == 0

    async def test_in_silence(self) -> None:
        feed = ProgressFeed()
        assert await Browser(feed, beat=0.001, leaves=2).read(4) == [BEAT, BEAT]
        assert feed.watchers("j") == 0

    async def test_one_of_two(self) -> None:
        feed = ProgressFeed()
        feed.publish("j", 1)
        feed.publish("k", 1)
        first, second, third = Browser(feed), Browser(feed), Browser(feed, "k")
        for browser in (first, second, third):
            await browser.read(1)
        feed.publish("j", 2)
        assert (await first.read(1), await second.read(1)) == ([message(2, 2)], [message(2, 2)])
        assert feed.watchers("j") == 2
        await second.stream.aclose()
        assert feed.watchers("j") == 1
        feed.publish("j", 3)
        assert await first.read(1) == [message(3, 3)]
        await first.stream.aclose()
        await third.stream.aclose()

    async def test_cancelled(self) -> None:
        feed = ProgressFeed()
        browser = Browser(feed)
        task = asyncio.ensure_future(anext(browser.stream))
        await asyncio.sleep(0)
        assert feed.watchers("j") == 1
        task.cancel()
        await asyncio.wait([task])
        assert feed.watchers("j") == 0


class TestApp:
    async def get(self, feed: ProgressFeed, **headers: str) -> httpx.Response:
        transport = httpx.ASGITransport(create_app(feed))
        async with httpx.AsyncClient(transport=transport, base_url="http://m") as client:
            return await asyncio.wait_for(client.get("/jobs/j/progress", headers=headers), 1.5)

    async def test_response(self) -> None:
        feed = ProgressFeed()
        feed.publish("j", 50)
        feed.publish("j", 100)
        response = await self.get(feed)
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/event-stream; charset=utf-8"
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.text == message(1, 50) + message(2, 100)
        assert (await self.get(feed, **{"last-event-id": "1"})).text == message(2, 100)

    async def test_unknown(self) -> None:
        response = await self.get(ProgressFeed())
        assert response.status_code == 404
        assert response.json() == {"detail": "no such job"}
