"""Trials in children of one zygote: import once, configure pytest once a lane, fork for every implementation.

A job that is kept is collected once too, and forked for every plan (other orders, other timings).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from . import trial
from .runner import EVENTS_LIMIT_B, EngineError, Lane, Runner, environment, job_message, lay, outcome_of, write
from .sockets import pair
from .trial import Ending, Job, Outcome, Plan

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

_prestarted: list[tuple[socket.socket, subprocess.Popen[bytes]]] = []


def prestart() -> None:
    """Start a zygote now, for the next ForkRunner: it warms up while the program reads what it is to judge."""
    if hasattr(os, "fork"):
        _prestarted.append(_start_zygote())


def _start_zygote() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = pair()
    process = subprocess.Popen(
        [sys.executable, "-m", "checker.engine.zygote", str(theirs.fileno())],
        env=environment(),
        cwd=tempfile.gettempdir(),
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("KATA_DEBUG") else subprocess.DEVNULL,
        start_new_session=True,
    )
    theirs.close()
    return ours, process


class ForkRunner(Runner):
    """Runs trials in children of one zygote. `preload` names the modules that the zygote imports first."""

    def __init__(self, preload: Sequence[str] = (), lanes: int | None = None) -> None:
        super().__init__(lanes)
        self.preload = tuple(preload)
        self._zygote: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._gone = False
        self._ids = 0

    async def _open(self) -> None:
        self._control, self._zygote = _prestarted.pop() if _prestarted else _start_zygote()
        self._request({"op": "preload", "modules": list(self.preload)})

    async def _close(self) -> None:
        for lane in self._lanes:
            self._drop(lane)
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

    async def _spawned(self, lane: Lane, job: Job) -> None:
        """Spawn a worker. A submission can kill what it was forked from: what is gone is started again, a few times."""
        for left in reversed(range(STARTS)):
            try:
                await self._spawn(lane, job)
                return
            except EngineError:
                if not left:
                    raise
                self._drop(lane)
                self._end_server(lane)
                if self._gone and self._control is not None and self._zygote is not None:
                    self._gone = False
                    self._control.close()
                    self._zygote.kill()
                    self._zygote.wait()
                    await self._open()

    async def _spawn(self, lane: Lane, job: Job) -> None:
        server = await self._server(lane, job)
        if server is None:
            lane.folder = self._folder()
        lay(lane.folder, job)
        lane.job = job
        self._ids += 1
        lane.worker = self._ids
        lane.plans, theirs = pair()
        lane.temporary = self._folder()
        message = job_message(job, lane.folder, lane.temporary)
        with theirs:
            self._request({"op": "spawn", "lane": False, "id": lane.worker, **message}, [theirs.fileno()], server)

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
        await self._configured(lane.server)
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
        if lane.server is not None:
            lane.server.close()
            lane.server = None
            with contextlib.suppress(EngineError):
                self._request({"op": "kill", "id": lane.server_id})
            shutil.rmtree(lane.folder, ignore_errors=True)

    def _drop(self, lane: Lane) -> None:
        """End the lane's worker, and all that it started."""
        if lane.job is None:
            return
        lane.job = None
        if lane.plans is not None:
            lane.plans.close()
        with contextlib.suppress(EngineError):
            self._request({"op": "kill", "id": lane.worker}, to=lane.server)
        shutil.rmtree(lane.temporary, ignore_errors=True)
        if lane.server is None:
            shutil.rmtree(lane.folder, ignore_errors=True)

    async def _run(self, lane: Lane, job: Job, plan: Plan, deadline_s: float, keep: bool) -> Outcome:
        if lane.job is not job or not keep:
            self._drop(lane)
            await self._spawned(lane, job)
        temporary = self._folder()
        try:
            outcome = await self._converse(lane, plan, deadline_s, keep, temporary)
            if keep and outcome.ending is Ending.COMPLETED:
                _restore(lane.folder, job)
            else:
                self._drop(lane)
                if outcome.ending is Ending.TIMEOUT:
                    self._end_server(lane)  # it may have been stopped, or its directory may still be written to
            return outcome
        except BaseException:
            self._drop(lane)
            raise
        finally:
            shutil.rmtree(temporary, ignore_errors=True)

    async def _converse(self, lane: Lane, plan: Plan, deadline_s: float, keep: bool, temporary: Path) -> Outcome:
        assert lane.plans is not None
        reader, writer = os.pipe()
        message = {"plan": trial.plan_message(plan), "temporary": str(temporary), "last": not keep}
        began = time.monotonic()
        try:
            try:
                socket.send_fds(lane.plans, [json.dumps(message).encode()], [writer])
            finally:
                os.close(writer)
            data, in_time = await _read(reader, deadline_s)
        except (BrokenPipeError, ConnectionError):
            data, in_time = b"", True
        finally:
            os.close(reader)
        ending = Ending.COMPLETED if in_time else Ending.TIMEOUT
        return outcome_of(data, ending, time.monotonic() - began)


async def _read(descriptor: int, deadline_s: float) -> tuple[bytes, bool]:
    """Everything that comes from a pipe until it ends or time is up; and whether it ended."""
    loop = asyncio.get_running_loop()
    chunks: list[bytes] = []
    size = 0
    ended = asyncio.Event()
    os.set_blocking(descriptor, False)

    def readable() -> None:
        nonlocal size
        try:
            chunk = os.read(descriptor, 1 << 16)
        except BlockingIOError:
            return
        chunks.append(chunk)
        size += len(chunk)
        if not chunk or size > EVENTS_LIMIT_B:
            loop.remove_reader(descriptor)
            ended.set()

    loop.add_reader(descriptor, readable)
    try:
        async with asyncio.timeout(deadline_s):
            await ended.wait()
    except TimeoutError:
        return b"".join(chunks), False
    finally:
        loop.remove_reader(descriptor)
    return b"".join(chunks), True


def _restore(folder: Path, job: Job) -> None:
    """Put a kept job's directory back as it was laid, should a trial have written to it."""
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file() or p.is_symlink()}
    for path in found - set(job.files):
        (folder / path).unlink(missing_ok=True)
    for path, data in job.files.items():
        target = folder / path
        if target.is_symlink() or not target.is_file() or target.read_bytes() != data:
            target.unlink(missing_ok=True)
            write(target, data)


def _is_configurable(job: Job) -> bool:
    """True when pytest can be configured before this job's files are there."""
    if job.own_configuration or "pytest.ini" not in job.files:
        return False
    conftests = [data for path, data in job.files.items() if path.rpartition("/")[2] == "conftest.py"]
    return not any(word in data for data in conftests for word in _EARLY)
