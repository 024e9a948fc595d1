"""What a worker notices beside the outcomes of tests.

Un-awaited coroutines and mock calls, leaked tasks, lost exceptions, real sleeps, blocked loops and network access.
Everything hangs on patches of the standard library's base methods, made once in a worker before the submission is
imported, so that every loop scope, runner and `asyncio.run` is covered. Nothing here changes what a test sees.
"""

from __future__ import annotations

import _thread
import asyncio
import asyncio.runners
import asyncio.tasks
import concurrent.futures
import functools
import gc
import inspect
import ipaddress
import os
import sys
import threading
import time
import unittest.mock
import warnings
from asyncio.base_events import BaseEventLoop
from collections.abc import Callable
from dataclasses import dataclass, field
from types import CodeType, CoroutineType, FrameType
from typing import Any

from .trial import Observation, Place

ORIGIN_DEPTH = 24
STACK_DEPTH = 60
PROCESS_LIMIT = 8
_MOCK = unittest.mock.__file__
_SLEEPS = {asyncio.tasks.sleep.__code__}


@dataclass(frozen=True, slots=True)
class Birth:
    """Where a task came to be: in the submission, in the implementation, during which test."""

    place: Place | None
    born: Place | None
    test: str

    @property
    def known(self) -> bool:
        return self.place is not None or self.born is not None

    @property
    def key(self) -> list[tuple[str, int]]:
        """What sorts births: by place."""
        return [(each.file, each.line) for each in (self.place, self.born) if each is not None]


@dataclass(slots=True)
class Watch:
    """One worker's notebook. `suite` and `implementation` map a code object's file name to the job's path."""

    suite: dict[str, str]
    implementation: dict[str, str]
    note: Callable[[Observation], None]
    test: str = ""
    item_codes: dict[CodeType, tuple[str, Place]] = field(default_factory=dict)
    births: dict[int, Birth] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    told: set[tuple[Place | None, Place | None]] = field(default_factory=set)
    # Pending timers of sleeps that the suite's own root task awaits; `timings` holds completions behind them.
    suite_sleeps: list[asyncio.TimerHandle] = field(default_factory=list)
    processes: int = 0
    timed: bool = False  # a thread or a timer was started

    def birth(self, frame: FrameType | None) -> Birth:
        """The innermost lines of the submission and of the implementation on a stack."""
        place: Place | None = None
        born: Place | None = None
        for _ in range(STACK_DEPTH):
            if frame is None or place is not None:
                break
            name = frame.f_code.co_filename
            if name in self.suite:
                place = Place(self.suite[name], frame.f_lineno)
            elif born is None and name in self.implementation:
                born = Place(self.implementation[name], frame.f_lineno)
            frame = frame.f_back
        return Birth(place, born, self.test)

    def add(self, code: str, birth: Birth, detail: str = "") -> None:
        self.note(Observation(code, birth.test, birth.place, birth.born, detail))

    def unawaited(self, coro: CoroutineType[Any, Any, Any], *, kept: bool = False) -> None:
        """Note a coroutine that was made and never awaited, if the job's own code made it."""
        if coro.cr_code in self.item_codes:
            test, item = self.item_codes[coro.cr_code]
            self.note(Observation("not-really-async", test, item, None, coro.__qualname__))
            return
        place: Place | None = None
        born: Place | None = None
        for name, line, _ in coro.cr_origin or ():
            if place is None and name in self.suite:
                place = Place(self.suite[name], line)
            elif place is None and born is None and name in self.implementation:
                born = Place(self.implementation[name], line)
        if place is None and born is None:
            return
        mocked = coro.cr_code.co_filename == _MOCK
        maker = (coro.cr_origin or [("", 0, "")])[0][0]
        if not mocked and not self._is_ours(coro.cr_code.co_filename) and not self._is_ours(maker):
            return  # a library's coroutine, dropped by that library on its way out of an error
        if kept and (place, born) in self.told:
            return  # a warning that someone recorded keeps its coroutine alive: it was told when it was dropped
        self.told.add((place, born))
        detail = "" if mocked else coro.__qualname__
        self.note(Observation("mock-never-awaited" if mocked else "never-awaited", self.test, place, born, detail))

    def _is_ours(self, filename: str) -> bool:
        return filename in self.suite or filename in self.implementation

    def sweep(self) -> None:
        """Find the coroutines that something still holds and nothing has begun to run. Each is told once."""
        for thing in gc.get_objects():
            if type(thing) is CoroutineType and inspect.getcoroutinestate(thing) == inspect.CORO_CREATED:
                if id(thing) not in self.seen:
                    self.unawaited(thing, kept=True)
                self.seen.add(id(thing))

    def install(self) -> None:
        """Patch the standard library of this process, for good."""
        sys.set_coroutine_origin_tracking_depth(ORIGIN_DEPTH)
        self._watch_coroutines()
        self._watch_tasks()
        self._watch_sleeps()
        self._watch_time()
        self._watch_waits()
        sys.addaudithook(self._audit)
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def _watch_coroutines(self) -> None:
        warn = warnings._warn_unawaited_coroutine  # type: ignore[attr-defined]

        def told(coro: CoroutineType[Any, Any, Any]) -> None:
            if id(coro) in self.seen:
                self.seen.discard(id(coro))  # told when it was swept; another may get this id now
            else:
                self.unawaited(coro)
            warn(coro)

        patch(warnings, "_warn_unawaited_coroutine", told)

    def _watch_tasks(self) -> None:
        create, handler = BaseEventLoop.create_task, BaseEventLoop.call_exception_handler
        cancel_all = asyncio.runners._cancel_all_tasks  # type: ignore[attr-defined]

        @functools.wraps(create)
        def create_task(loop: BaseEventLoop, coro: Any, **options: Any) -> Any:
            task = create(loop, coro, **options)
            self.births[id(task)] = self.birth(sys._getframe(1))
            return task

        @functools.wraps(handler)
        def call_exception_handler(loop: BaseEventLoop, context: Any) -> None:
            if "exception was never retrieved" in str(context.get("message", "")):
                task = context.get("task") or context.get("future")
                birth = self.births.get(id(task))
                if birth is not None and birth.known:
                    self.add("lost-task-exception", birth, repr(context.get("exception")))
            handler(loop, context)

        def cancel_all_tasks(loop: BaseEventLoop) -> None:
            running = ((self.births.get(id(task)), task.get_coro()) for task in asyncio.all_tasks(loop))
            # A dropped generator's clean-up is a task that asyncio makes: its coroutine is of a kind without a name.
            left = [(birth, coro.__qualname__) for birth, coro in running if hasattr(coro, "__qualname__")]
            known = [(birth, name) for birth, name in left if birth is not None and birth.known]
            for birth, name in sorted(known, key=lambda each: each[0].key):  # a set of tasks has no order of its own
                self.add("pending-task", birth, name)
            cancel_all(loop)

        patch(BaseEventLoop, "create_task", create_task)
        patch(BaseEventLoop, "call_exception_handler", call_exception_handler)
        patch(asyncio.runners, "_cancel_all_tasks", cancel_all_tasks)

    def _watch_sleeps(self) -> None:
        later, sleep = BaseEventLoop.call_later, time.sleep

        @functools.wraps(later)
        def call_later(loop: BaseEventLoop, delay: float, *args: Any, **options: Any) -> asyncio.TimerHandle:
            handle = later(loop, delay, *args, **options)
            frame = sys._getframe(1)
            if frame.f_code in _SLEEPS and delay > 0:
                self._slept(_awaiter(frame), handle, delay)
            return handle

        @functools.wraps(sleep)
        def plain_sleep(seconds: float, /) -> None:
            frame = sys._getframe(1)
            if frame.f_code.co_filename in self.suite and seconds > 0:
                birth = self.birth(frame)
                self.add("real-sleep", birth, f"time.sleep({seconds:g})")
                if asyncio._get_running_loop() is not None:
                    self.add("blocked-loop", birth, f"time.sleep({seconds:g})")
            sleep(seconds)

        patch(BaseEventLoop, "call_later", call_later)
        patch(time, "sleep", plain_sleep)

    def _watch_time(self) -> None:
        """Note whether anything happens that another timing could change."""
        for owner, name in (
            (BaseEventLoop, "call_at"),
            (threading.Thread, "start"),
            (_thread, "start_new_thread"),
            (_thread, "start_new"),
        ):
            patch(owner, name, self._noting(getattr(owner, name)))

    def _noting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def noted(*args: Any, **options: Any) -> Any:
            self.timed = True
            return function(*args, **options)

        return noted

    def _slept(self, frame: FrameType | None, handle: asyncio.TimerHandle, delay: float) -> None:
        if frame is None or frame.f_code.co_filename not in self.suite:
            return
        self.add("real-sleep", self.birth(frame), f"asyncio.sleep({delay:g})")
        task = asyncio.current_task()
        birth = self.births.get(id(task))
        if birth is None or not birth.known:  # a task that the job's code made is a background task
            self.suite_sleeps.append(handle)

    def _watch_waits(self) -> None:
        result = concurrent.futures.Future.result

        @functools.wraps(result)
        def waited(future: Any, timeout: float | None = None) -> Any:
            if asyncio._get_running_loop() is not None and not future.done():
                birth = self.birth(sys._getframe(1))
                if birth.place is not None:
                    self.add("blocked-loop", birth, "waiting for another thread")
            return result(future, timeout)

        patch(concurrent.futures.Future, "result", waited)

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        match event:
            case "socket.connect":
                address = args[1]
                if isinstance(address, tuple) and not _is_loopback(str(address[0])):
                    self._refuse(f"{address[0]}:{address[1]}")
            case "socket.getaddrinfo":
                if args[0] is not None and not _is_loopback(_text(args[0])):
                    self._refuse(_text(args[0]))
            case "os.fork" | "os.forkpty" | "os.posix_spawn" | "subprocess.Popen":
                self.processes += 1
                if self.processes > PROCESS_LIMIT:
                    raise OSError(f"a test suite may start at most {PROCESS_LIMIT} processes")

    def _forked(self) -> None:
        self.processes += PROCESS_LIMIT  # what a test has started may start no more

    def _refuse(self, host: str) -> None:
        self.add("network", self.birth(sys._getframe(2)), host)
        raise OSError(f"no network in a test: {host}")


def patch(owner: Any, name: str, new: Any) -> None:
    """Put `new` in the place of an attribute, for the rest of this process's life."""
    setattr(owner, name, new)


def _awaiter(frame: FrameType) -> FrameType | None:
    """The frame that awaits a sleep, past the layers of anyio and of a wrapped sleep."""
    caller = frame.f_back
    while caller is not None and ("/anyio/" in caller.f_code.co_filename.replace("\\", "/")):
        caller = caller.f_back
    return caller


def _text(host: object) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)


def _is_loopback(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False
