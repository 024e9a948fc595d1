"""Other timings of the same event loop: legal schedules that a machine under load could produce.

HOLD: completions from threads and sockets wait, in order, until the sleeps pending in the suite's own frames have
fired; never behind a timeout, never behind a background task's sleep. PROMPT: the loop pauses, so that threads finish
first. STALL: timers due within a small window expire together, in deadline order. Callbacks of `call_soon` keep their
order under all of them, and timers never fire early and never change order: good tests rest on that.
"""

from __future__ import annotations

import select
import threading
import time
from asyncio import events
from asyncio.base_events import BaseEventLoop
from asyncio.selector_events import BaseSelectorEventLoop
from pathlib import Path
from typing import Any

from .trial import Timing
from .watch import Watch, patch

STALL_S = 0.004  # below the smallest guard that a test would sensibly set
PAUSE_S = 0.005
_LOOK_S = 0.00005
_TASKS = Path("/proc/self/task")
_sleep = time.sleep  # kept from before the watch replaced it


def install(timing: Timing, watch: Watch) -> None:
    """Patch the loops of this process for one timing, for good."""
    match timing:
        case Timing.NORMAL:
            pass
        case Timing.PROMPT:
            _prompt()
        case Timing.STALL:
            _stall()
        case Timing.HOLD:
            _hold(watch)


def _prompt() -> None:
    run_once = BaseEventLoop._run_once  # type: ignore[attr-defined]

    def paused(loop: Any) -> None:
        if threading.active_count() > 1:
            until = time.monotonic() + PAUSE_S
            # A thread that has finished wakes the loop through this socket.
            while not select.select([loop._ssock], [], [], _LOOK_S)[0] and _is_busy() and time.monotonic() < until:
                pass
        run_once(loop)

    patch(BaseEventLoop, "_run_once", paused)


def _is_busy() -> bool:
    """Whether another thread of this process runs, or waits for a processor or a disk. Assumed where none can tell."""
    ours = str(threading.get_native_id())
    try:
        others = [task / "stat" for task in _TASKS.iterdir() if task.name != ours]
        return any(stat.read_bytes().rpartition(b")")[2].split()[0] in (b"R", b"D") for stat in others)
    except OSError:
        return True


def _stall() -> None:
    process = BaseSelectorEventLoop._process_events  # type: ignore[attr-defined]

    def stalled(loop: Any, event_list: Any) -> None:
        process(loop, event_list)
        if loop._scheduled and loop._scheduled[0]._when <= loop.time() + loop._clock_resolution:
            _sleep(STALL_S)

    patch(BaseSelectorEventLoop, "_process_events", stalled)


def _hold(watch: Watch) -> None:
    run_once = BaseEventLoop._run_once  # type: ignore[attr-defined]
    threadsafe = BaseEventLoop.call_soon_threadsafe
    add_callback = BaseSelectorEventLoop._add_callback  # type: ignore[attr-defined]
    held: dict[int, list[events.Handle]] = {}
    sockets: set[int] = set()

    def sleeping(loop: Any) -> bool:
        watch.suite_sleeps[:] = [h for h in watch.suite_sleeps if h._scheduled and not h.cancelled()]  # type: ignore[attr-defined]
        return any(h._loop is loop for h in watch.suite_sleeps)  # type: ignore[attr-defined]

    def call_soon_threadsafe(loop: Any, callback: Any, *args: Any, context: Any = None) -> Any:
        if loop.is_closed() or not sleeping(loop):
            return threadsafe(loop, callback, *args, context=context)
        handle = events.Handle(callback, args, loop, context)
        held.setdefault(id(loop), []).append(handle)
        return handle

    def add_socket_callback(loop: Any, handle: Any) -> None:
        if handle._callback == loop._read_from_self or not sleeping(loop):
            add_callback(loop, handle)
        elif handle not in held.setdefault(id(loop), []):
            held[id(loop)].append(handle)
            sockets.add(id(loop))

    def released(loop: Any) -> None:
        if held.get(id(loop)):
            if not sleeping(loop):
                loop._ready.extend(held.pop(id(loop)))
                sockets.discard(id(loop))
            elif id(loop) in sockets:
                _sleep(0.001)  # the selector goes on reporting a held socket
        run_once(loop)

    patch(BaseEventLoop, "_run_once", released)
    patch(BaseEventLoop, "call_soon_threadsafe", call_soon_threadsafe)
    patch(BaseSelectorEventLoop, "_add_callback", add_socket_callback)
