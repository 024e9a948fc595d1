import asyncio
from dataclasses import dataclass, field

import pytest

from map_tiles import MapClient, ProviderError


@dataclass
class Provider:
    """One object plays the pool, all connections (numbers in a list) and the clock.

    Script: "ok", "fail", "fail:SECONDS", "odd", "hang", "no line".
    """

    script: list[str]
    time: float = 0.0
    log: list[object] = field(default_factory=list)
    errors: list[Exception] = field(default_factory=list)

    async def acquire(self):
        step = self.script.pop(0)
        if step == "no line":
            self.log.append("waits")
            await asyncio.get_running_loop().create_future()
        line = Line(self, step)
        self.log.append(("out", line))
        return line

    def release(self, connection):
        self.log.append(("in", connection))


@dataclass(eq=False)
class Line:
    owner: Provider
    step: str

    async def fetch(self, tile):
        assert tile == "tile"
        try:
            for _ in range(3):
                await asyncio.sleep(0)
            kind, _, seconds = self.step.partition(":")
            if kind == "hang":
                await asyncio.get_running_loop().create_future()
            self.owner.time += float(seconds or 0)
            if kind in ("fail", "odd"):
                self.owner.errors.append(ProviderError() if kind == "fail" else OSError())
                raise self.owner.errors[-1]
            return b"bytes"
        finally:
            self.owner.log.append(("end", self))


def run(client):
    """The outcome of a call: bytes, an error, or "stuck" when the client never came back."""

    async def call():
        task = asyncio.ensure_future(client.tile("tile"))
        done, _ = await asyncio.wait([task], timeout=1)
        if not done:
            task.cancel()
            await asyncio.wait([task])
            return "stuck"
        return task.exception() or task.result()

    return asyncio.run(call())


def shape(provider):
    """The log as text; each connection must go out, end and come in before the next one."""
    names = {}
    return " ".join(
        entry
        if isinstance(entry, str)
        else f"{entry[0]}{names.setdefault(id(entry[1]), len(names))}"
        for entry in provider.log
    )


CASES = [
    ("ok", 10, bytes, "out0 end0 in0"),
    ("fail ok", 10, bytes, "out0 end0 in0 out1 end1 in1"),
    ("fail fail ok", 10, bytes, "out0 end0 in0 out1 end1 in1 out2 end2 in2"),
    ("fail fail fail ok", 10, ProviderError, "out0 end0 in0 out1 end1 in1 out2 end2 in2"),
    ("odd ok", 10, OSError, "out0 end0 in0"),
    ("fail odd ok", 10, OSError, "out0 end0 in0 out1 end1 in1"),
    ("hang ok", 0.01, TimeoutError, "out0 end0 in0"),
    ("no-line ok", 0.01, TimeoutError, "waits"),
    ("fail:9.99 hang ok", 10, TimeoutError, "out0 end0 in0 out1 end1 in1"),
    ("fail:5 fail:4.99 hang ok", 10, TimeoutError, "out0 end0 in0 out1 end1 in1 out2 end2 in2"),
    ("fail:10 ok", 10, TimeoutError, "out0 end0 in0"),
    ("fail:5 fail:8 ok", 10, TimeoutError, "out0 end0 in0 out1 end1 in1"),
]


@pytest.mark.parametrize("script, timeout_s, expected, log", CASES)
def test_scripts(script, timeout_s, expected, log):
    provider = Provider([step.replace("-", " ") for step in script.split()])

    outcome = run(MapClient(provider, timeout_s, lambda: provider.time))

    assert type(outcome) is expected
    assert shape(provider) == log
    if expected is bytes:
        assert outcome == b"bytes"
    elif expected is not TimeoutError:
        assert outcome is provider.errors[-1]


def test_new_call_new_time():
    provider = Provider(["fail:10", "ok"])
    client = MapClient(provider, 10, lambda: provider.time)
    provider.time = 100

    assert type(run(client)) is TimeoutError
    assert provider.time == 110
    assert run(client) == b"bytes"
