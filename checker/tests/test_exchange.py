"""A fork of the collected reference with other function bodies comes to what a new process does, or it declines."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from checker.engine import forking
from checker.engine.backend import ForkRunner, FreshRunner
from checker.engine.runner import lay as real_lay
from checker.engine.trial import Ending, Job, Plan
from checker.tests.workers import DEADLINE_S, essence, make_job

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is nothing to compare without a fork")
MARK = "import pytest\npytestmark = pytest.mark.asyncio\n"

EXCHANGES: dict[str, tuple[str, str, str, bool]] = {  # reference, changed, test, whether a fork will do
    "function": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "from thing import f\ndef test_a(): assert f() == 1\n",
        True,
    ),
    "line-numbers": (
        "def f():\n    return 1\n\ndef g():\n    raise ValueError\n",
        "def f():\n    x = 2\n    return x\n\ndef g():\n    raise ValueError\n",
        "from thing import f, g\ndef test_a(): assert f() == 1\ndef test_b(): g()\n",
        True,
    ),
    "coroutine": (
        "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n    return 1\n",
        "import asyncio\nasync def f():\n    asyncio.sleep(0)\n    return 1\n",
        MARK + "from thing import f\nasync def test_a(): assert await f() == 1\n",
        True,
    ),
    "method-and-property": (
        "class Box:\n    def get(self):\n        return 1\n    @property\n    def twice(self):\n        return 2\n",
        "class Box:\n    def get(self):\n        return 1\n    @property\n    def twice(self):\n        return 3\n",
        "from thing import Box\ndef test_a(): assert Box().get() == 1\ndef test_b(): assert Box().twice == 2\n",
        True,
    ),
    "caught-in-parameters": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "import pytest, thing\n@pytest.mark.parametrize('g', [thing.f])\ndef test_a(g): assert g() == 1\n",
        True,
    ),
    "behind-a-cache": (
        "import functools\n@functools.lru_cache\ndef f(x):\n    return x\n",
        "import functools\n@functools.lru_cache\ndef f(x):\n    return x + 1\n",
        "from thing import f\ndef test_a(): assert f(1) == 1\n",
        True,
    ),
    "imported-late": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "def test_a():\n    from thing import f\n    assert f() == 1\n",
        True,
    ),
    "closure-made-later": (
        "def make():\n    def inner():\n        return 1\n    return inner\n",
        "def make():\n    def inner():\n        return 2\n    return inner\n",
        "from thing import make\ndef test_a(): assert make()() == 1\n",
        True,
    ),
    "called-while-collecting": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "from thing import f\nONE = f()\ndef test_a(): assert ONE == 1\n",
        False,
    ),
    "decorator-that-ran": (
        "def twice(g):\n    def wrapped():\n        return 2 * g()\n    return wrapped\n@twice\ndef f(): return 1\n",
        "def twice(g):\n    def wrapped():\n        return 3 * g()\n    return wrapped\n@twice\ndef f(): return 1\n",
        "from thing import f\ndef test_a(): assert f() == 2\n",
        False,
    ),
    "another-kind-of-function": (
        "def f():\n    return [1]\n",
        "def f():\n    yield 2\n",
        "import inspect, thing\nG = inspect.isgeneratorfunction(thing.f)\ndef test_a(): assert G is False\n",
        False,
    ),
    "coroutine-made-while-collecting": (
        "async def f():\n    return 1\n",
        "async def f():\n    return 2\n",
        "import pytest, thing\n@pytest.mark.asyncio\n@pytest.mark.parametrize('c', [thing.f()])\n"
        "async def test_a(c): assert await c == 1\n",
        False,
    ),
    "thread-while-collecting": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "import threading, thing\nSTOP = threading.Event()\nthreading.Thread(target=STOP.wait, daemon=True).start()\n"
        "def test_a(): assert thing.f() == 1\n",
        False,
    ),
    "descriptor-while-collecting": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "import os, thing\nPIPE = os.pipe()\ndef test_a(): assert thing.f() == 1\n",
        False,
    ),
    "shared-memory-while-collecting": (
        "def f():\n    return 1\n",
        "def f():\n    return 2\n",
        "import mmap, thing\nSHARED = mmap.mmap(-1, 4096)\ndef test_a(): assert thing.f() == 1\n",
        False,
    ),
}


@pytest.mark.parametrize("name", EXCHANGES)
@pytest.mark.asyncio
async def test_exchanged_bodies_come_to_what_a_new_process_comes_to(name: str) -> None:
    reference, changed, test, forks = EXCHANGES[name]
    kept, job = make_job(test, module=reference), make_job(test, module=changed)
    async with ForkRunner(lanes=1) as runner:
        assert (await runner.run(kept, Plan(), DEADLINE_S, kept=kept)).ending is Ending.COMPLETED
        workers = runner._ids
        exchanged = await runner.run(job, Plan(), DEADLINE_S, kept=kept)
        assert (runner._ids == workers) is forks
        assert essence(await runner.run(kept, Plan(), DEADLINE_S, kept=kept)) == essence(
            await runner.run(kept, Plan(), DEADLINE_S)
        )
    async with FreshRunner(lanes=1) as fresh:
        assert essence(exchanged) == essence(await fresh.run(job, Plan(), DEADLINE_S))


@pytest.mark.asyncio
async def test_no_file_is_laid_while_a_worker_may_be_collecting(monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[str] = []

    def lay(folder: Path, job: Job) -> None:
        laid.extend(path for path in job.files if path == "thing.py")  # not the bare folder of a lane's pytest
        real_lay(folder, job)

    monkeypatch.setattr(forking, "lay", lay)
    test = "from thing import f\ndef test_a(): assert f() == 1\n"
    kept, job = make_job(test, module="def f(): return 1\n"), make_job(test, module="def f(): return 2\n")
    async with ForkRunner(lanes=1) as runner:
        before = await runner.run(job, Plan(), DEADLINE_S, kept=kept)  # nothing is collected yet: a new worker
        laid.clear()
        await runner.run(kept, Plan(), DEADLINE_S, kept=kept)
        assert len(laid) == 1
        after = await runner.run(job, Plan(), DEADLINE_S, kept=kept)
    assert essence(before) == essence(after)
