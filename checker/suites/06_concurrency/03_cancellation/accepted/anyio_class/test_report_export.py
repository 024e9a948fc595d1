import asyncio

import pytest

import report_export


@pytest.fixture
def anyio_backend():
    return "asyncio"


class Fake:
    def __init__(self):
        self.rows = {}
        self.calls = []
        self.gates = {}
        self.entered = {}
        self.interrupted = []
        self.errors = {}
        self.texts = {"one": ["1", "2"], "two": ["3"], "three": ["4"]}
        self.folder = None
        self.there_at_publish = None

    def gate(self, *call):
        self.gates[call] = asyncio.get_running_loop().create_future()
        self.entered[call] = asyncio.Event()

    async def enter(self, *call):
        self.calls.append(call)
        if call in self.errors:
            raise self.errors[call]
        if call in self.gates:
            self.entered[call].set()
            try:
                await asyncio.shield(self.gates[call])
            except asyncio.CancelledError:
                self.interrupted.append(call)
                raise

    async def page(self, name, number):
        await self.enter("page", name, number)
        return dict(enumerate(self.texts[name], 1)).get(number, "")

    async def begin(self, name):
        await self.enter("begin", name)
        assert name not in self.rows or self.rows[name] == "lasting"
        self.rows[name] = "temporary"

    async def publish(self, name):
        self.there_at_publish = sorted(file.name for file in self.folder.iterdir())
        await self.enter("publish", name)
        self.rows[name] = "lasting"

    async def drop(self, name):
        await self.enter("drop", name)
        await asyncio.sleep(0)
        del self.rows[name]


@pytest.mark.anyio
class TestExporter:
    @pytest.fixture(autouse=True)
    def world(self, tmp_path):
        self.fake = Fake()
        self.fake.folder = self.folder = tmp_path
        self.exporter = report_export.Exporter(self.fake, self.fake, tmp_path)

    def files(self):
        return {file.name: file.read_text() for file in self.folder.iterdir()}

    async def within(self, awaitable):
        async with asyncio.timeout(1):
            return await awaitable

    async def ends_cancelled(self, task):
        await asyncio.wait([task], timeout=1)
        assert task.done() and task.cancelled()

    async def others(self):
        for _ in range(30):
            await asyncio.sleep(0)

    async def held(self, name, *call):
        self.fake.gate(*call)
        task = asyncio.create_task(self.exporter.export(name))
        await self.within(self.fake.entered[call].wait())
        return task

    async def test_normal(self):
        assert await self.within(self.exporter.export("one")) == self.folder / "one.csv"
        assert self.files() == {"one.csv": "12"}
        assert self.fake.rows == {"one": "lasting"}
        assert self.fake.there_at_publish == ["one.csv"]
        assert [call[0] for call in self.fake.calls] == ["begin", "page", "page", "page", "publish"]

    @pytest.mark.parametrize("number", [1, 2, 3])
    async def test_cancel_at_page(self, number):
        call = ("page", "one", number)
        task = await self.held("one", *call)
        assert "one.part" in self.files()
        assert self.fake.rows == {"one": "temporary"}
        follower = asyncio.create_task(self.exporter.export("two"))
        task.cancel()
        await self.ends_cancelled(task)
        assert self.fake.interrupted == [call]
        assert self.fake.calls.count(("drop", "one")) == 1
        assert "one" not in self.fake.rows
        await self.within(follower)
        assert list(self.files()) == ["two.csv"]
        assert ("publish", "one") not in self.fake.calls

    async def test_next_one_waits_for_drop(self):
        task = await self.held("one", "page", "one", 1)
        self.fake.gate("drop", "one")
        follower = asyncio.create_task(self.exporter.export("two"))
        task.cancel()
        await self.within(self.fake.entered["drop", "one"].wait())
        await self.others()
        assert ("begin", "two") not in self.fake.calls
        self.fake.gates["drop", "one"].set_result(None)
        await self.ends_cancelled(task)
        await self.within(follower)

    async def test_error_at_page(self):
        problem = self.fake.errors["page", "one", 2] = OSError()
        with pytest.raises(OSError) as caught:
            await self.within(self.exporter.export("one"))
        assert caught.value is problem
        assert self.files() == {}
        assert self.fake.rows == {}
        await self.within(self.exporter.export("two"))
        assert self.files() == {"two.csv": "3"}

    async def test_cancel_in_publish(self):
        task = await self.held("one", "publish", "one")
        follower = asyncio.create_task(self.exporter.export("two"))
        task.cancel()
        await self.others()
        assert not task.done()
        assert ("begin", "two") not in self.fake.calls
        self.fake.gates["publish", "one"].set_result(None)
        await self.ends_cancelled(task)
        await self.within(follower)
        assert self.fake.interrupted == []
        assert ("drop", "one") not in self.fake.calls
        assert self.fake.rows == {"one": "lasting", "two": "lasting"}
        assert self.files() == {"one.csv": "12", "two.csv": "3"}

    @pytest.mark.parametrize("other", ["one", "two"])
    async def test_cancel_in_line(self, other):
        task = await self.held("one", "page", "one", 1)
        waiting = [asyncio.create_task(self.exporter.export(name)) for name in (other, "three")]
        await self.others()
        before = list(self.fake.calls)
        assert before == [("begin", "one"), ("page", "one", 1)]
        waiting[0].cancel()
        await self.ends_cancelled(waiting[0])
        await self.others()
        assert self.fake.calls == before
        self.fake.gates["page", "one", 1].set_result(None)
        await self.within(task)
        await self.within(waiting[1])
        assert sorted(self.files()) == ["one.csv", "three.csv"]
