import asyncio
from unittest.mock import AsyncMock, call

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue


async def some_turns() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.mark.asyncio
async def test_a_table_of_outcomes() -> None:
    resize = AsyncMock(side_effect=[b"A", ResizeError, b"C", ResizeError, b"E"])
    async with ThumbnailQueue(resize, 10) as queue:
        for photo in "abcd":
            await queue.add(photo)
        await asyncio.wait_for(queue.join(), 1)
        await queue.add("e")
        await asyncio.wait_for(queue.join(), 1)
    assert queue.thumbnails == {"a": b"A", "c": b"C", "e": b"E"}
    assert queue.failed == ["b", "d"]
    assert resize.await_args_list == [call(photo) for photo in "abcde"]


@pytest.mark.asyncio
async def test_nothing_to_join() -> None:
    async with ThumbnailQueue(AsyncMock(), 1) as queue:
        await asyncio.wait_for(queue.join(), 1)


@pytest.mark.asyncio
async def test_while_a_photo_is_in_hand() -> None:
    started, release = asyncio.Event(), asyncio.Event()

    async def hold(photo: str) -> bytes:
        started.set()
        await release.wait()
        return b"x"

    resize = AsyncMock(side_effect=hold)
    async with asyncio.timeout(1), ThumbnailQueue(resize, 2) as queue:
        await queue.add("a")
        await started.wait()
        await queue.add("b")
        await queue.add("c")
        blocked = asyncio.create_task(queue.add("d"))
        joined = asyncio.create_task(queue.join())
        await some_turns()
        assert resize.call_args_list == [call("a")]
        assert queue.thumbnails == {}
        assert not blocked.done()
        assert not joined.done()

        release.set()
        await blocked
        await joined
        assert queue.failed == []
        await queue.join()
        assert queue.thumbnails == dict.fromkeys("abcd", b"x")

        release.clear()
        await queue.add("e")
        joined = asyncio.create_task(queue.join())
        await some_turns()
        assert not joined.done()
        release.set()
        await joined


@pytest.mark.asyncio
async def test_order_of_those_that_wait() -> None:
    resize = AsyncMock(return_value=b"x")
    async with asyncio.timeout(1), ThumbnailQueue(resize, 3) as queue:
        for photo in "zax":
            await queue.add(photo)
        await queue.join()
    assert list(queue.thumbnails) == ["z", "a", "x"]


@pytest.mark.asyncio
async def test_leaving() -> None:
    started = asyncio.Event()
    ended: list[str] = []

    async def never(photo: str) -> bytes:
        started.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append(photo)
            raise
        return b""

    resize = AsyncMock(side_effect=never)
    async with asyncio.timeout(1):
        async with ThumbnailQueue(resize, 2) as queue:
            await queue.add("a")
            await queue.add("b")
            await started.wait()
    assert ended == ["a"]
    assert (queue.thumbnails, queue.failed) == ({}, [])
    await some_turns()
    assert resize.call_count == 1
