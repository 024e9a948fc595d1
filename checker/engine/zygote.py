"""The zygote: a process with one thread and no loop that imports the stack once, warms it, and forks workers.

It reads requests from a socket, one JSON object a message, with descriptors beside it:

* `spawn`: fork a worker. One descriptor: the socket on which the worker is sent its plans. With `lane`, the child
  configures pytest in an empty directory and then reads such requests itself, each for a job laid in that directory.
* `preload`: import modules that the jobs to come will import anyway.
* `kill`: end a worker and everything in its process group, and reap it.

A worker serves plans: for each it forks again after collection, and the child writes events to the file that came
with the plan. Beside it came a pipe that nobody writes to: it is closed when the child is gone. No process id of a
worker's own telling is ever used.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import library, plugins, worker
from .sockets import opened, receive
from .trial import DECLINED, plan_from
from .warm import warm

ORPHAN_ROUNDS = 100
_PR_SET_CHILD_SUBREAPER = 36


def serve(
    control: socket.socket, prepare: Callable[[dict[str, Any]], None] = lambda _: None
) -> tuple[dict[str, Any], socket.socket]:
    """Fork for every job that is sent; returns in each child, with the job and the socket of its plans.

    The serving process never returns: it ends when the program goes away.
    """
    children: dict[int, int] = {}
    parent = os.getppid()
    while True:
        request, descriptors = receive(control, parent)
        if request is None:
            break
        match request["op"]:
            case "spawn":
                prepare(request)
                pid = os.fork()
                if pid == 0:
                    control.close()
                    with contextlib.suppress(OSError):
                        os.setpgid(0, 0)
                    return request, socket.socket(fileno=descriptors[0])
                children[int(request["id"])] = pid
                with contextlib.suppress(OSError):
                    os.setpgid(pid, pid)
            case "preload":
                worker.preload(request["modules"])
                warm(request["modules"])
            case "kill":
                _end(children.pop(int(request["id"]), None))
                _end_orphans(set(children.values()))
        for descriptor in descriptors:
            os.close(descriptor)
    for pid in children.values():
        _end(pid)
    _end_orphans(set())
    os._exit(0)


def _end(pid: int | None) -> None:
    """Kill a worker's group. The worker was not reaped before, so its id is still its own."""
    if pid is None:
        return
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, 0)


def _end_orphans(known: set[int]) -> None:
    """Kill what a worker left behind outside its group; as subreaper, it has become our child.

    What such a process has started becomes ours only when it ends, so this looks again until nothing is left.
    """
    listing = Path(f"/proc/self/task/{os.getpid()}/children")
    for _ in range(ORPHAN_ROUNDS):
        try:
            found = {int(text) for text in listing.read_text().split()} - known
        except OSError:
            return
        if not found:
            return
        for pid in found:
            _end(pid)


def work(message: dict[str, Any], end: socket.socket) -> None:
    """A worker's whole life, in a forked child.

    A job is run as it comes; a `lane` is configured first, and forks for every job that is laid in its directory.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)
    status = 70
    try:
        if message["lane"]:
            _lane(message, end)
        else:
            parent = os.getppid()
            worker.run(message, lambda may_fork: _next_turn(end, parent, may_fork))
        status = 0
    finally:
        os._exit(status)


def _lane(message: dict[str, Any], control: socket.socket) -> None:
    _adopt_orphans()
    plans: list[tuple[socket.socket, int]] = []

    def next_job(prepare: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
        control.send(b"configured")
        job, end = serve(control, prepare)
        plans.append((end, os.getppid()))
        return job

    worker.run_configured(message, next_job, lambda may_fork: _next_turn(*plans[0], may_fork))


def _adopt_orphans() -> None:
    """Become the parent of whatever a worker leaves behind (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _next_turn(plans: socket.socket, parent: int, may_fork: bool) -> worker.Turn:
    """Wait for turns; return in a child for each. The waiting process returns for its last one only."""
    while True:
        message, descriptors = receive(plans, parent)
        if message is None:
            os._exit(0)
        _, events = descriptors  # the first one tells whoever reads it that the trial has ended: it is closed by then
        if message["last"] or (may_fork and _is_child()):
            plans.close()
            return worker.Turn(
                plan_from(message["plan"]), Path(message["temporary"]), _until_finish(events), message["exchange"]
            )
        if not may_fork:
            worker.sender(events)({"event": DECLINED})
        for descriptor in descriptors:
            os.close(descriptor)


def _until_finish(events: int) -> worker.Send:
    """Tells events, and ends this process with the last: what pytest does after it tidies up what is thrown away."""
    tell = worker.sender(events)

    def send(event: dict[str, Any]) -> None:
        tell(event)
        if event["event"] == "finish":
            os._exit(0)

    return send


def _is_child() -> bool:
    """Fork; False in the parent, once the child has ended."""
    pid = os.fork()
    if pid:
        os.waitpid(pid, 0)
    return not pid


def main() -> None:
    """Started by `start` with the control socket's descriptor, or its path, as its argument."""
    control = opened(sys.argv[1])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the program, which ends us
    _adopt_orphans()
    gc.disable()  # there is no garbage in what is only imported; a worker switches it on before its job comes
    library.install()
    worker.preload(plugins.modules(plugins.ALWAYS))
    warm(plugins.modules(plugins.ALWAYS))
    work(*serve(control))


if __name__ == "__main__":
    main()
