import asyncio

import pytest

from bulk_notices import Mailing


class Oops(Exception):
    pass


class Table:
    """Plays a table: name → how the delivery ends, in rounds.

    ok1 ok2: a receipt in that round · bad1 bad2: an error in that round
    stay: never · sulk: never, and an error when stopped
    """

    def __init__(self, **ends):
        self.ends = ends
        self.rounds = {}
        self.calls = []
        self.stopped = set()
        self.raised = []
        self.peek = None

    def fail(self, error):
        self.raised.append(error)
        raise error

    async def deliver(self, recipient, text):
        assert text == "news"
        self.calls.append(recipient)
        end = self.ends[recipient]
        key = end[-1] if end[-1].isdigit() else "never"
        try:
            await self.rounds.setdefault(key, asyncio.Event()).wait()
        except asyncio.CancelledError:
            for _ in range(3):
                await asyncio.sleep(0)
            self.stopped.add(recipient)
            if end == "sulk":
                self.fail(Oops(recipient))
            raise
        if end.startswith("bad"):
            self.fail((ValueError if end == "bad1" else Oops)(recipient))
        return (recipient, "received")

    def play(self, cancel=False):
        return asyncio.run(self._play(cancel))

    async def _play(self, cancel):
        self.mailing = Mailing(self, list(self.ends), "news")
        task = asyncio.ensure_future(self.mailing.send())
        for key in "123":
            for _ in range(20):
                await asyncio.sleep(0)
            if key == "2":
                self.peek = dict(self.mailing.receipts)
                if cancel:
                    task.cancel()
                    break
            self.rounds.setdefault(key, asyncio.Event()).set()
        await asyncio.wait([task], timeout=1)
        self.stopped_in_time = set(self.stopped)
        if not task.done():
            pytest.fail("send does not end")
        if task.cancelled():
            return "cancelled"
        return task.exception() or task.result()

    def received(self, *names):
        return {name: (name, "received") for name in names}


def check_group(table, error, *names):
    assert type(error) is ExceptionGroup
    assert sorted(str(each) for each in error.exceptions) == sorted(names)
    assert {id(each) for each in error.exceptions} == {id(each) for each in table.raised}


def test_all_well():
    table = Table(a="ok3", b="ok1", c="ok2")
    assert table.play() == [("a", "received"), ("b", "received"), ("c", "received")]
    assert table.peek == table.received("b")
    assert table.mailing.receipts == table.received("a", "b", "c")
    assert table.mailing.unsent == set()
    assert sorted(table.calls) == ["a", "b", "c"]


def test_all_held_at_once():
    table = Table(a="stay", b="stay", c="stay", d="bad1")
    check_group(table, table.play(), "d")
    assert len(table.calls) == 4


def test_empty():
    assert Table().play() == []


@pytest.mark.parametrize("bad", ["bad1", "bad2"])
def test_one_bad(bad):
    table = Table(a="ok1", b=bad, c="stay", d="stay")
    if bad == "bad1":
        table = Table(b=bad, c="stay", d="stay")
    check_group(table, table.play(), "b")
    assert table.stopped_in_time == table.mailing.unsent == {"c", "d"}
    assert table.mailing.receipts == (table.received("a") if bad == "bad2" else {})


def test_two_bad():
    table = Table(a="bad2", b="bad2", c="ok1", d="stay")
    check_group(table, table.play(), "a", "b")
    assert table.mailing.unsent == {"d"}


def test_sulking():
    table = Table(a="bad1", b="sulk", c="stay")
    check_group(table, table.play(), "a", "b")
    assert table.stopped_in_time == {"b", "c"}
    assert table.mailing.unsent == {"c"}
    assert table.mailing.receipts == {}


def test_cancel():
    table = Table(a="ok1", b="stay", c="stay")
    assert table.play(cancel=True) == "cancelled"
    assert table.stopped_in_time == table.mailing.unsent == {"b", "c"}
    assert table.mailing.receipts == table.received("a")
