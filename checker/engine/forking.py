"""Trials in children of one zygote: import once, configure pytest once a lane, fork for every implementation.

A job that is kept is collected once too, and forked for every plan (other orders, other timings) and for every
implementation that differs from it in function bodies only (see `bodies`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from . import trial
from .bodies import differing
from .disk import Disk
from .runner import (
    EVENTS_LIMIT_B,
    LOOK_S,
    EngineError,
    Lane,
    Patience,
    Runner,
    Worker,
    empty,
    job_message,
    lay,
    outcome_of,
)
from .sockets import pair
from .start import Zygote, take_zygote
from .trial import DECLINED, Ending, Job, Outcome, Plan
from .walls import Walls

START_LIMIT_S = 60.0
STARTS = 3

# What only counts in a conftest.py that is there before pytest is configured.
_EARLY = (
    b"pytest_plugins",
    b"pytest_addoption",
    b"pytest_sessionstart",
    b"pytest_cmdline",
    b"pytest_load_initial",
    b"pytest_report_header",
)

_DECLINED = json.dumps({"event": DECLINED}).encode() + b"\n"


class ForkRunner(Runner):
    """Runs trials in children of one zygote. `preload` names the modules that the zygote imports first.

    `walls`: within them, the zygote and all its children see nothing but what they need.
    """

    def __init__(self, preload: Sequence[str] = (), lanes: int | None = None, *, walls: Walls | None = None) -> None:
        super().__init__(lanes)
        self.preload, self.walls = tuple(preload), walls
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._gone = False
        self._ids = 0
        self._unforkable: deque[Job] = deque(maxlen=9)  # those whose collected worker would not fork

    async def _open(self) -> None:
        self._control, self._zygote = _zygote(self._root, self.walls)
        self._request({"op": "preload", "modules": list(self.preload)})

    async def _close(self) -> None:
        for lane in self._lanes:
            self._end_server(lane)
        if self._control is not None:
            self._control.close()
        if self._zygote is not None:
            try:
                await asyncio.to_thread(self._zygote.wait, 5)
            except subprocess.TimeoutExpired:
                self._zygote.kill()
                self._zygote.wait()

    def _request(
        self, message: dict[str, Any], descriptors: Sequence[int] = (), to: socket.socket | None = None
    ) -> None:
        assert self._control is not None
        assert self._zygote is not None
        try:
            socket.send_fds(to or self._control, [json.dumps(message).encode()], list(descriptors))
        except (BrokenPipeError, ConnectionError) as error:
            self._gone = self._gone or to is None
            raise EngineError(
                f"The engine's worker process ended by itself (status {self._zygote.poll()}). "
                "Run `doctor`; with KATA_DEBUG=1 it says more."
            ) from error

    async def _spawned(self, lane: Lane, job: Job) -> Worker:
        """Spawn a worker. A submission can kill what it was forked from: what is gone is started again, a few times."""
        for left in reversed(range(STARTS)):
            try:
                return await self._spawn(lane, job)
            except EngineError:
                if not left:
                    raise
                self._end_server(lane)
                if self._gone and self._control is not None and self._zygote is not None:
                    self._gone = False
                    self._control.close()
                    self._zygote.kill()
                    self._zygote.wait()
                    await self._open()
        raise AssertionError("unreachable")

    async def _spawn(self, lane: Lane, job: Job) -> Worker:
        server = await self._server(lane, job)
        folder = lane.folder if server is not None else self._folder()
        lay(folder, job)
        self._ids += 1
        plans, theirs = pair()
        worker = Worker(self._ids, job, folder, self._folder(), plans, server)
        message = job_message(job, folder, worker.temporary)
        try:
            with theirs:
                self._request({"op": "spawn", "lane": False, "id": worker.id, **message}, [theirs.fileno()], server)
        except EngineError:
            plans.close()
            raise
        return worker

    async def _server(self, lane: Lane, job: Job) -> socket.socket | None:
        """The lane's configured pytest for this job; None for a job that must be configured with its own files."""
        if not _is_configurable(job):
            self._end_server(lane)
            return None
        setting = (job.files["pytest.ini"], job.plugins)
        if lane.server is not None and lane.setting == setting:
            return lane.server
        self._end_server(lane)
        lane.folder, lane.setting = self._folder(), setting
        bare = Job({"pytest.ini": job.files["pytest.ini"]}, (), (), plugins=job.plugins)
        lay(lane.folder, bare)
        self._ids += 1
        lane.server_id = self._ids
        lane.server, theirs = pair()
        message = job_message(bare, lane.folder, self._folder())
        with theirs:
            self._request({"op": "spawn", "lane": True, "id": lane.server_id, **message}, [theirs.fileno()])
        try:
            await self._configured(lane.server)
        except BaseException:  # a caller that gave up, too: nobody will ever wait for it again
            self._end_server(lane)
            raise
        return lane.server

    async def _configured(self, server: socket.socket) -> None:
        """Wait until a lane's pytest is configured: only then may a job's files be laid in its directory."""
        server.setblocking(False)
        said = b""
        with contextlib.suppress(TimeoutError, OSError):
            async with asyncio.timeout(START_LIMIT_S):
                said = await asyncio.get_running_loop().sock_recv(server, 64)
        server.setblocking(True)
        if not said:
            status = self._zygote.poll() if self._zygote else None
            raise EngineError(
                f"The engine's worker process did not start (status {status}). "
                "Run `doctor`; with KATA_DEBUG=1 it says more."
            )

    def _end_server(self, lane: Lane) -> None:
        self._drop_kept(lane)
        if lane.server is not None:
            lane.server.close()
            lane.server = None
            with contextlib.suppress(EngineError):
                self._request({"op": "kill", "id": lane.server_id})
            self._give_up(lane.folder)

    def _drop(self, worker: Worker) -> None:
        """End a worker, and all that it started."""
        worker.plans.close()
        with contextlib.suppress(EngineError):
            self._request({"op": "kill", "id": worker.id}, to=worker.server)
        self._give_up(worker.temporary)
        if worker.server is None:
            self._give_up(worker.folder)

    def _drop_kept(self, lane: Lane) -> None:
        if lane.kept is not None:
            worker, lane.kept = lane.kept, None
            self._drop(worker)

    async def _run(self, lane: Lane, job: Job, plan: Plan, deadline_s: float, kept: Job | None) -> Outcome:
        outcome = await self._run_kept(lane, job, plan, deadline_s, kept) if kept is not None else None
        if outcome is not None:
            return outcome
        worker = await self._spawned(lane, job)
        try:
            outcome = await self._turn(worker, plan, deadline_s, {"last": True, "exchange": {}})
        finally:
            self._drop(worker)
        assert outcome is not None
        self._look_after(lane, outcome)
        return outcome

    async def _run_kept(self, lane: Lane, job: Job, plan: Plan, deadline_s: float, kept: Job) -> Outcome | None:
        """The trial in a fork of the worker that holds `kept` collected; None where only a new worker will do."""
        exchange = differing(kept.files, job.files, kept.implementation)
        if exchange is None or any(each is kept for each in self._unforkable):
            return None
        if lane.kept is not None and lane.holds(kept):
            lay(lane.kept.folder, job)
            empty(lane.kept.temporary)
        elif job is kept:
            self._drop_kept(lane)
            lane.kept = await self._spawned(lane, kept)
        else:
            return None  # a new worker would be collecting, and no other files may be laid under its hands
        try:
            outcome = await self._turn(lane.kept, plan, deadline_s, {"last": False, "exchange": exchange})
        except BaseException:
            self._drop_kept(lane)
            raise
        if outcome is None:
            if job is kept:
                self._unforkable.append(kept)
        elif outcome.ending is not Ending.COMPLETED:
            self._drop_kept(lane)
            self._look_after(lane, outcome)
        return outcome

    def _look_after(self, lane: Lane, outcome: Outcome) -> None:
        if outcome.ending is Ending.TIMEOUT:
            self._end_server(lane)  # it may have been stopped, or its directory may still be written to

    async def _turn(self, worker: Worker, plan: Plan, deadline_s: float, turn: Mapping[str, Any]) -> Outcome | None:
        """Let a worker carry out one plan; None when it declines."""
        temporary = self._folder()
        alive, ended = os.pipe()
        message = {"plan": trial.plan_message(plan), "temporary": str(temporary), **turn}
        began = time.monotonic()
        with tempfile.TemporaryFile(dir=self._root, buffering=0) as events:
            try:
                try:
                    socket.send_fds(worker.plans, [json.dumps(message).encode()], [ended, events.fileno()])
                finally:
                    os.close(ended)
                ending = await _closed(alive, Patience(events.fileno(), deadline_s), Disk(self._root))
            except (BrokenPipeError, ConnectionError):
                ending = Ending.CUT_SHORT
            finally:
                os.close(alive)
                self._give_up(temporary)
            wall_s = time.monotonic() - began
            events.seek(0)
            data = events.read(EVENTS_LIMIT_B + 1)
        if data == _DECLINED:
            return None
        return outcome_of(data, ending, wall_s, deadline_s)


def _zygote(room: Path, walls: Walls | None) -> Zygote:
    return take_zygote() if walls is None else take_zygote(room, walls.image)


async def _closed(descriptor: int, patience: Patience, disk: Disk) -> Ending:
    """Wait until nobody holds the other end of a pipe any more. Who writes to it or floods the disk ends the trial."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        while not readable.is_set():
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(min(LOOK_S, patience.left_s)):
                    await readable.wait()
            if not readable.is_set() and disk.is_flooded():
                return Ending.CUT_SHORT
            if not readable.is_set() and patience.is_over():
                return Ending.TIMEOUT
    finally:
        loop.remove_reader(descriptor)
    return Ending.CUT_SHORT if os.read(descriptor, 1) else Ending.COMPLETED


def _is_configurable(job: Job) -> bool:
    """True when pytest can be configured before this job's files are there."""
    if job.own_configuration or "pytest.ini" not in job.files:
        return False
    conftests = [data for path, data in job.files.items() if path.rpartition("/")[2] == "conftest.py"]
    return not any(word in data for data in conftests for word in _EARLY)
