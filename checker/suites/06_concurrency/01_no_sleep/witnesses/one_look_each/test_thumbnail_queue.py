import asyncio

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue

pytestmark = pytest.mark.asyncio


class Double:
    def __init__(self, held: bool = False) -> None:
        self.began: list[str] = []
        self.gate = asyncio.Event()
        if not held:
            self.gate.set()

    async def resize(self, photo: str) -> bytes:
        self.began.append(photo)
        await self.gate.wait()
        if photo.startswith("torn"):
            raise ResizeError
        return b"small"


async def turns() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


async def run(double: Double, *photos: str) -> ThumbnailQueue:
    async with asyncio.timeout(0.3), ThumbnailQueue(double.resize, 9) as queue:
        for photo in photos:
            await asyncio.wait_for(queue.add(photo), 1)
        await turns()
    return queue


async def test_leaving_ends() -> None:
    double = Double(held=True)
    await run(double, "cat")


async def test_join_of_nothing() -> None:
    async with ThumbnailQueue(Double().resize, 9) as queue:
        await asyncio.wait_for(queue.join(), 1)


async def test_a_torn_one_begins_once() -> None:
    double = Double()
    await run(double, "torn")
    assert double.began == ["torn"]


async def test_a_torn_one_has_no_thumbnail() -> None:
    assert (await run(Double(), "torn")).thumbnails == {}


async def test_a_torn_one_is_noted() -> None:
    assert "torn" in (await run(Double(), "torn")).failed


async def test_two_torn_ones() -> None:
    assert (await run(Double(), "torn 1", "torn 2")).failed[:1] == ["torn 1"]


async def test_one_behind_a_torn_one() -> None:
    assert "cat" in (await run(Double(), "torn", "cat")).thumbnails


async def test_one_that_comes_later() -> None:
    double = Double()
    async with ThumbnailQueue(double.resize, 9) as queue:
        await queue.add("torn")
        await turns()
        await queue.add("cat")
        await turns()
    assert "cat" in queue.thumbnails


async def test_the_last_of_a_crowd() -> None:
    async with ThumbnailQueue(Double().resize, 1) as queue:
        for photo in ("cat", "dog", "fox"):
            await queue.add(photo)
        await turns()
        assert "fox" in queue.thumbnails


async def test_no_error_from_a_crowd() -> None:
    async with ThumbnailQueue(Double().resize, 1) as queue:
        await queue.add("cat")
        await queue.add("dog")


async def test_two_calls_at_most() -> None:
    double = Double()
    await run(double, "cat")
    assert double.began == ["cat"]


async def test_the_thumbnail() -> None:
    assert (await run(Double(), "cat")).thumbnails["cat"] == b"small"


async def test_too_many() -> None:
    double = Double(held=True)
    async with ThumbnailQueue(double.resize, 1) as queue:
        await queue.add("cat")
        await turns()
        adding = [asyncio.create_task(queue.add(photo)) for photo in ("dog", "fox", "owl")]
        await turns()
        assert not adding[2].done()
        double.gate.set()
        await turns()


async def test_one_waits_beside_the_one_in_hand() -> None:
    double = Double(held=True)
    async with ThumbnailQueue(double.resize, 1) as queue:
        await queue.add("cat")
        await turns()
        await asyncio.wait_for(queue.add("dog"), 1)
        double.gate.set()


async def test_leaving_begins_no_other() -> None:
    double = Double(held=True)
    await run(double, "cat", "dog")
    await turns()
    assert double.began == ["cat"]


async def test_leaving_notes_no_failure() -> None:
    assert (await run(Double(held=True), "cat")).failed == []


async def test_leaving_makes_no_thumbnail() -> None:
    assert (await run(Double(held=True), "cat")).thumbnails == {}


async def test_after_leaving_nothing_goes_on() -> None:
    double = Double(held=True)
    queue = await run(double, "cat")
    double.gate.set()
    await turns()
    assert queue.thumbnails == {}
