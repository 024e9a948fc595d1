import asyncio

import pytest

from thumbnail_queue import ResizeError, ThumbnailQueue


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
class TestThumbnailQueue:
    async def resize(self, photo: str) -> bytes:
        self.log.append("begin " + photo)
        self.busy.set()
        try:
            await self.gate.wait()
        finally:
            self.log.append("end " + photo)
        if photo.startswith("bad"):
            raise ResizeError
        return b"thumb of " + photo.encode()

    def build(self, capacity: int = 2) -> ThumbnailQueue:
        self.log: list[str] = []
        self.busy = asyncio.Event()
        self.gate = asyncio.Event()
        return ThumbnailQueue(self.resize, capacity)

    async def let_others_run(self) -> None:
        for _ in range(25):
            await asyncio.sleep(0)

    async def test_empty_join(self) -> None:
        async with asyncio.timeout(1), self.build() as queue:
            await queue.join()

    async def test_held_photo(self) -> None:
        async with asyncio.timeout(1), self.build() as queue:
            await queue.add("1")
            await queue.add("2")
            await self.busy.wait()
            join = asyncio.create_task(queue.join())
            await self.let_others_run()
            assert self.log == ["begin 1"]
            assert not join.done()
            assert not queue.thumbnails
            self.gate.set()
            await join
            assert self.log == ["begin 1", "end 1", "begin 2", "end 2"]
            assert queue.thumbnails == {"1": b"thumb of 1", "2": b"thumb of 2"}
            assert queue.failed == []

    async def test_join_a_second_time(self) -> None:
        async with asyncio.timeout(1), self.build() as queue:
            self.gate.set()
            await queue.add("1")
            await queue.join()
            self.gate.clear()
            await queue.add("2")
            join = asyncio.create_task(queue.join())
            await self.let_others_run()
            assert not join.done()
            self.gate.set()
            await join

    async def test_bad_photos(self) -> None:
        async with asyncio.timeout(1), self.build(capacity=4) as queue:
            self.gate.set()
            for photo in ("bad 1", "2", "bad 3"):
                await queue.add(photo)
            await queue.join()
            await queue.add("4")
            await queue.join()
            assert queue.failed == ["bad 1", "bad 3"]
            assert queue.thumbnails == {"2": b"thumb of 2", "4": b"thumb of 4"}
            assert [entry for entry in self.log if entry.startswith("begin")] == [
                "begin bad 1",
                "begin 2",
                "begin bad 3",
                "begin 4",
            ]

    async def test_room(self) -> None:
        async with asyncio.timeout(1), self.build(capacity=2) as queue:
            await queue.add("1")
            await self.busy.wait()
            await queue.add("2")
            await queue.add("3")
            add = asyncio.create_task(queue.add("4"))
            await self.let_others_run()
            assert not add.done()
            self.gate.set()
            await add
            await queue.join()
            assert sorted(queue.thumbnails) == ["1", "2", "3", "4"]
            assert [entry for entry in self.log if "begin" in entry] == [
                f"begin {number}" for number in (1, 2, 3, 4)
            ]

    async def test_leaving_early(self) -> None:
        async with asyncio.timeout(1):
            async with self.build() as queue:
                await queue.add("1")
                await queue.add("2")
                await self.busy.wait()
            log = list(self.log)
        await self.let_others_run()
        assert log == self.log == ["begin 1", "end 1"]
        assert queue.thumbnails == {}
        assert queue.failed == []
