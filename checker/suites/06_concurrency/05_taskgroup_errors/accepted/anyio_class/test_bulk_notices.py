import asyncio
from unittest.mock import AsyncMock, call

import pytest

import bulk_notices


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.mark.anyio
class TestMailing:
    @pytest.fixture(autouse=True)
    def world(self):
        self.replies = {}
        self.stopped = []
        self.on_stop = {}
        self.gateway = AsyncMock()
        self.gateway.deliver.side_effect = self.deliver

    async def deliver(self, recipient, text):
        reply = self.replies[recipient] = asyncio.Event()
        try:
            await reply.wait()
        except asyncio.CancelledError as stop:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self.stopped.append(recipient)
            raise self.on_stop.get(recipient, stop)
        if isinstance(reply.outcome, Exception):
            raise reply.outcome
        return reply.outcome

    def reply(self, recipient, outcome):
        self.replies[recipient].outcome = outcome
        self.replies[recipient].set()

    async def start(self, *recipients):
        self.mailing = bulk_notices.Mailing(self.gateway, recipients, "text")
        task = asyncio.create_task(self.mailing.send())
        await self.others()
        assert sorted(self.replies) == sorted(recipients)
        return task

    async def others(self):
        for _ in range(15):
            await asyncio.sleep(0)

    async def finished(self, task):
        await asyncio.wait([task], timeout=1)
        assert task.done()

    async def group(self, task):
        await self.finished(task)
        stopped = sorted(self.stopped)
        with pytest.raises(ExceptionGroup) as caught:
            task.result()
        return list(caught.value.exceptions), stopped

    async def test_success(self):
        task = await self.start("a", "b", "c")
        self.reply("c", 3)
        await self.others()
        assert self.mailing.receipts == {"c": 3}
        self.reply("b", 2)
        self.reply("a", 1)
        await self.finished(task)
        assert task.result() == [1, 2, 3]
        assert self.mailing.receipts == {"a": 1, "b": 2, "c": 3}
        assert self.gateway.deliver.await_args_list == [call(name, "text") for name in "abc"]
        assert self.mailing.unsent == set()

    async def test_empty(self):
        task = await self.start()
        await self.finished(task)
        assert task.result() == []

    @pytest.mark.parametrize("error", [ValueError("x"), LookupError("x")])
    async def test_one_error(self, error):
        task = await self.start("a", "b", "c")
        self.reply("a", 1)
        await self.others()
        self.reply("b", error)
        errors, stopped = await self.group(task)
        assert len(errors) == 1 and errors[0] is error
        assert stopped == ["c"]
        assert self.mailing.unsent == {"c"}
        assert self.mailing.receipts == {"a": 1}

    async def test_two_errors(self):
        task = await self.start("a", "b", "c")
        first, second = ValueError(), ValueError()
        self.reply("a", first)
        self.reply("b", second)
        errors, stopped = await self.group(task)
        assert len(errors) == 2 and first in errors and second in errors
        assert stopped == ["c"]

    async def test_error_on_the_way_out(self):
        task = await self.start("a", "b", "c")
        first, second = ValueError(), KeyError()
        self.on_stop["b"] = second
        self.reply("a", first)
        errors, stopped = await self.group(task)
        assert len(errors) == 2 and first in errors and second in errors
        assert stopped == ["b", "c"]
        assert self.mailing.unsent == {"c"}

    async def test_cancelled(self):
        task = await self.start("a", "b", "c")
        self.reply("a", 1)
        await self.others()
        task.cancel()
        await self.finished(task)
        assert sorted(self.stopped) == ["b", "c"]
        assert task.cancelled()
        assert self.mailing.unsent == {"b", "c"}
        assert self.mailing.receipts == {"a": 1}
