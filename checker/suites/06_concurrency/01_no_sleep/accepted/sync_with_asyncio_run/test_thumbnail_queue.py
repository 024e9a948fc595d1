import asyncio
from collections.abc import Awaitable, Callable

from thumbnail_queue import ResizeError, ThumbnailQueue


class Studio:
    """The test is the one who resizes: it takes a request and answers it."""

    def __init__(self) -> None:
        self.requests: asyncio.Queue[tuple[str, asyncio.Future[bytes]]] = asyncio.Queue()
        self.open = 0
        self.cancelled: list[str] = []

    async def resize(self, photo: str) -> bytes:
        answer: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.requests.put_nowait((photo, answer))
        self.open += 1
        try:
            return await answer
        except asyncio.CancelledError:
            self.cancelled.append(photo)
            raise
        finally:
            self.open -= 1

    async def serve(self, photo: str, outcome: bytes | Exception) -> None:
        name, answer = await self.requests.get()
        assert name == photo
        if isinstance(outcome, bytes):
            answer.set_result(outcome)
        else:
            answer.set_exception(outcome)


async def idle() -> None:
    for _ in range(15):
        await asyncio.sleep(0)


def run(scenario: Callable[[Studio], Awaitable[None]]) -> None:
    async def bounded() -> None:
        async with asyncio.timeout(1):
            await scenario(Studio())

    asyncio.run(bounded())


def test_order_and_results() -> None:
    async def scenario(studio: Studio) -> None:
        async with ThumbnailQueue(studio.resize, 3) as queue:
            await queue.join()
            for photo in "abc":
                await queue.add(photo)
            await idle()
            assert studio.open == 1 and queue.thumbnails == {}
            await studio.serve("a", b"1")
            await studio.serve("b", b"2")
            await idle()
            joining = asyncio.ensure_future(queue.join())
            await idle()
            assert not joining.done()
            assert queue.thumbnails == {"a": b"1", "b": b"2"}
            await studio.serve("c", b"3")
            await joining
            assert queue.thumbnails == {"a": b"1", "b": b"2", "c": b"3"}
            assert queue.failed == []

            await queue.add("d")
            again = asyncio.ensure_future(queue.join())
            await idle()
            assert not again.done()
            await studio.serve("d", b"4")
            await again
            assert studio.requests.empty()

    run(scenario)


def test_failures() -> None:
    async def scenario(studio: Studio) -> None:
        async with ThumbnailQueue(studio.resize, 3) as queue:
            for photo in "abc":
                await queue.add(photo)
            await studio.serve("a", ResizeError())
            await studio.serve("b", b"2")
            await studio.serve("c", ResizeError())
            await queue.join()
            assert queue.failed == ["a", "c"]
            assert queue.thumbnails == {"b": b"2"}
            await queue.add("d")
            await studio.serve("d", b"4")
            await queue.join()
            assert queue.failed == ["a", "c"]
            assert queue.thumbnails == {"b": b"2", "d": b"4"}
            assert studio.requests.empty()

    run(scenario)


def test_full() -> None:
    async def scenario(studio: Studio) -> None:
        async with ThumbnailQueue(studio.resize, 3) as queue:
            for photo in "abcd":
                await queue.add(photo)
                await idle()
            late = asyncio.ensure_future(queue.add("e"))
            await idle()
            assert not late.done()
            await studio.serve("a", b"")
            await late
            for photo in "bcde":
                await studio.serve(photo, b"")
            await queue.join()
            assert list(queue.thumbnails) == list("abcde")

    run(scenario)


def test_leaving() -> None:
    async def scenario(studio: Studio) -> None:
        async with ThumbnailQueue(studio.resize, 3) as queue:
            await queue.add("a")
            await queue.add("b")
            await studio.requests.get()
        assert studio.cancelled == ["a"]
        await idle()
        assert studio.requests.empty()
        assert queue.thumbnails == {} and queue.failed == []

    run(scenario)
