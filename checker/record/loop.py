"""The life of one event loop, step by step: which task ran, what it then waited for, and who woke it.

Time is counted in steps, not seconds: a step is what a task does between two awaits. So the same code gives the same
record on any machine. A coroutine is wrapped where its task is made, which is all the instrumentation there is.
"""

from __future__ import annotations

import asyncio
import gc
import sys
import time
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Generator
from contextvars import Context
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import CoroutineType, TracebackType
from typing import Any

BLOCKED_S = 0.05  # a step that takes longer keeps everybody else waiting
CLOCK, OUTSIDE = "clock", "outside"


@dataclass(slots=True)
class Step:
    """One run of one task: when in the order of all steps, what it did then, who had woken it."""

    task: str
    number: int
    woken_by: str
    then: str = ""  # what it waits for afterwards; "returns", "raises NAME" or "cancelled" at its end
    line: int = 0
    is_blocking: bool = False


@dataclass(slots=True)
class Record:
    """What was seen. `lost`: coroutines that were never awaited, as (name, line, after which step)."""

    tasks: list[str] = field(default_factory=list)
    made_by: dict[str, str] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    lost: list[tuple[str, int, int]] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    outcome: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class RecordedLoop(asyncio.SelectorEventLoop):
    """A loop that notes the steps of its tasks."""

    def __init__(self, file: str) -> None:
        super().__init__()
        self.record = Record()
        self.file = file
        self._running = OUTSIDE
        self._woken_by: dict[str, str] = {}
        self.names: dict[asyncio.Task[Any], str] = {}  # to keys: a name may be given to a task later
        self._called: dict[str, str] = {}
        self.is_over = False

    def create_task(  # type: ignore[override]
        self, coro: Any, *, name: str | None = None, context: Context | None = None
    ) -> asyncio.Task[Any]:
        key = f"#{len(self.names)}"
        if not self.is_over:
            self.record.tasks.append(key)
            self.record.made_by[key] = self._running
        self._woken_by[key] = self._running
        task: asyncio.Task[Any] = asyncio.Task(_Recorded(coro, key, self), loop=self, name=name or key, context=context)
        self.names[task] = key
        self._called[key] = str(getattr(coro, "__qualname__", coro)).rpartition(".")[2]
        return task

    def final_names(self) -> dict[str, str]:
        """Key of each task → its name: the one it was given, else that of its function, numbered if need be."""
        given = {key: task.get_name() for task, key in self.names.items()}
        found: dict[str, str] = {}
        for key in self.record.tasks:
            base = given[key] if given[key] != key else self._called[key]
            taken = sum(1 for other in found.values() if other.partition(" ")[0] == base)
            found[key] = f"{base} {taken + 1}" if taken else base
        return found

    def call_soon(self, callback: Any, *arguments: Any, context: Context | None = None) -> asyncio.Handle:  # type: ignore[override]
        owner = getattr(callback, "__self__", None)
        if not isinstance(owner, asyncio.Task):
            return super().call_soon(callback, *arguments, context=context)
        if owner in self.names:
            self._woken_by[self.names[owner]] = self._running

        def turn(*arguments: Any) -> None:  # what follows a step is still this task's doing: its end wakes others
            before, self._running = self._running, self.names[owner]
            try:
                callback(*arguments)
            finally:
                self._running = before

        return super().call_soon(turn, *arguments, context=context)

    def call_at(self, when: float, callback: Any, *arguments: Any, **more: Any) -> asyncio.TimerHandle:  # type: ignore[override]
        def ring(*arguments: Any) -> None:
            before, self._running = self._running, CLOCK
            try:
                callback(*arguments)
            finally:
                self._running = before

        return super().call_at(when, ring, *arguments, **more)

    def step(self, name: str, run: Callable[[], Any], coro: Any) -> Any:
        """Let a task's coroutine go on to its next await."""
        if self.is_over:
            return run()
        step = Step(name, len(self.record.steps) + 1, self._woken_by.get(name, OUTSIDE))
        self.record.steps.append(step)
        began = time.perf_counter()
        try:
            waited_for = run()
        except StopIteration:
            step.then = "returns"
            raise
        except asyncio.CancelledError:
            step.then = "cancelled"
            raise
        except BaseException as error:
            step.then = f"raises {type(error).__name__}"
            raise
        else:
            step.then, step.line = _waits_for(coro, waited_for, self)
            return waited_for
        finally:
            step.is_blocking = time.perf_counter() - began > BLOCKED_S


class _Recorded(Coroutine[Any, Any, Any]):
    """A coroutine whose steps are noted."""

    def __init__(self, coro: Any, name: str, loop: RecordedLoop) -> None:
        self.coro, self.name, self.loop = coro, name, loop

    def send(self, value: Any) -> Any:
        return self.loop.step(self.name, lambda: self.coro.send(value), self.coro)

    def throw(self, kind: Any, value: Any = None, traceback: TracebackType | None = None) -> Any:
        error = kind if value is None else value
        return self.loop.step(self.name, lambda: self.coro.throw(error), self.coro)

    def close(self) -> None:
        self.coro.close()

    def __await__(self) -> Generator[Any, Any, Any]:
        return self.coro.__await__()  # type: ignore[no-any-return]


def _waits_for(coro: Any, waited_for: Any, loop: RecordedLoop) -> tuple[str, int]:
    """What a suspended coroutine waits for, as somebody would say it, and the line of the file that does."""
    chain: list[str] = []
    line = 0
    while coro is not None and hasattr(coro, "cr_frame"):
        frame = coro.cr_frame
        if frame is not None and frame.f_code.co_filename == loop.file:
            line, chain = frame.f_lineno, []  # what is awaited from here on is what counts
        else:
            chain.append(coro.__qualname__)
        coro = coro.cr_await
    if isinstance(waited_for, asyncio.Task) and not chain:
        return loop.names.get(waited_for, waited_for.get_name()), line
    if chain:
        return chain[0], line
    if waited_for is None:
        return "sleep", line  # sleep(0): only lets others run
    kind = type(waited_for).__name__.lstrip("_")
    return {"GatheringFuture": "gather"}.get(kind, kind), line


def record(main: Callable[[], Awaitable[Any]], file: str) -> Record:
    """Run `main()` on a loop of its own and say what happened."""
    loop = RecordedLoop(file)
    seen = loop.record

    def note(message: warnings.WarningMessage) -> None:
        source = message.source
        if isinstance(source, CoroutineType) and "never awaited" in str(message.message):
            line = next((at for path, at, _ in source.cr_origin or () if path == file), 0)
            seen.lost.append((source.__qualname__, line, len(seen.steps)))

    depth = sys.get_coroutine_origin_tracking_depth()
    sys.set_coroutine_origin_tracking_depth(20)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            warnings._showwarnmsg = note  # type: ignore[attr-defined]
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                seen.outcome = _outcome(runner, loop, main)
            gc.collect()
    finally:
        sys.set_coroutine_origin_tracking_depth(depth)
    return seen


def _outcome(runner: asyncio.Runner, loop: RecordedLoop, main: Callable[[], Awaitable[Any]]) -> str:
    async def run() -> None:
        task = asyncio.ensure_future(main())
        try:
            await task
        finally:
            me = asyncio.current_task()
            left = {loop.names[t] for t in asyncio.all_tasks() if t is not me and t is not task}
            loop.record.pending = [name for name in loop.record.tasks if name in left]
            loop.is_over = True
            _told_by_name(loop)

    try:
        runner.run(run())
    except BaseException as error:
        return f"{type(error).__name__}: {error}".rstrip(": ")
    return "passed"


def _told_by_name(loop: RecordedLoop) -> None:
    """Tasks by name in place of their keys; the task that only started the one of interest is left out."""
    seen = loop.record
    starter = seen.tasks.pop(0)
    named = {**loop.final_names(), starter: OUTSIDE}
    seen.tasks = [named[key] for key in seen.tasks]
    seen.pending = [named[key] for key in seen.pending]
    seen.made_by = {named[key]: named.get(by, by) for key, by in seen.made_by.items() if key != starter}
    before = [step.number for step in seen.steps if step.task == starter]
    seen.steps = [step for step in seen.steps if step.task != starter]
    for number, step in enumerate(seen.steps, 1):
        step.number, step.then = number, named.get(step.then, step.then)
        step.task, step.woken_by = named[step.task], named.get(step.woken_by, step.woken_by)
    seen.lost = [(name, line, after - sum(1 for n in before if n <= after)) for name, line, after in seen.lost]


def load(path: Path, text: str) -> Callable[[], Awaitable[Any]]:
    """The coroutine function of a file that is to be run: `main`, else its only test without parameters."""
    names: dict[str, Any] = {"__name__": "__timeline__", "__file__": str(path)}
    exec(compile(text, str(path), "exec"), names)
    if asyncio.iscoroutinefunction(names.get("main")):
        return names["main"]  # type: ignore[no-any-return]
    tests = [each for name, each in names.items() if name.startswith("test") and asyncio.iscoroutinefunction(each)]
    if len(tests) != 1:
        raise ValueError("write an async function main(), or exactly one async test without parameters")
    return tests[0]  # type: ignore[no-any-return]
