"""Runs trials in workers, a few at a time, and returns what came of them.

`ForkRunner` keeps a zygote and forks; `FreshRunner` starts a new process for every trial (Windows, `--fresh`). Both
give every job a directory of its own under a random name, so that a path tells nothing; all times in it are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import KataError
from . import trial
from .sockets import pair
from .trial import Ending, Job, NonsenseError, Outcome, Plan

EVENTS_LIMIT_B = 32 << 20
FILE_TIME_S = 1_000_000_000
START_LIMIT_S = 60.0
STARTS = 3
_KEPT_VARIABLES = ("PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONUSERBASE", "PYTHONNOUSERSITE")
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])


class EngineError(KataError):
    """The engine itself failed: nothing can be said about the submission."""


class Runner(ABC):
    """Runs trials. Use it as an async context manager; `run` may be called many times at once."""

    def __init__(self, lanes: int | None = None) -> None:
        self.lanes = lanes or max(1, min(os.cpu_count() or 1, 4))
        self._free: asyncio.Queue[_Lane] = asyncio.Queue()
        self._root = Path()
        self._lanes: list[_Lane] = []

    async def __aenter__(self) -> Self:
        self._root = _temporary_root()
        self._lanes = [_Lane() for _ in range(self.lanes)]
        for lane in self._lanes:
            self._free.put_nowait(lane)
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()
        shutil.rmtree(self._root, ignore_errors=True)

    async def run(self, job: Job, plan: Plan, deadline_s: float, *, keep: bool = False) -> Outcome:
        """Run one trial. With `keep`, the collected job is kept for the next plan that asks for it.

        Raises EngineError when a worker cannot be started or its directory cannot be written.
        """
        lane = await self._lane(job if keep else None)
        try:
            return await self._run(lane, job, plan, deadline_s, keep)
        except OSError as error:
            raise EngineError(
                f"A trial could not be set up in {self._root.parent}: {error.strerror or error}. "
                "Nothing of yours was changed."
            ) from error
        finally:
            self._free.put_nowait(lane)

    async def _lane(self, job: Job | None) -> _Lane:
        """A free lane, one that holds this job collected if there is one."""
        lane = await self._free.get()
        if job is None or lane.job is job:
            return lane
        waiting = [self._free.get_nowait() for _ in range(self._free.qsize())]
        better = next((other for other in waiting if other.job is job), lane)
        for other in [lane, *waiting]:
            if other is not better:
                self._free.put_nowait(other)
        return better

    def _folder(self) -> Path:
        """A new, empty directory under a random name."""
        folder = self._root / secrets.token_hex(4)
        folder.mkdir(mode=0o700)
        return folder

    @abstractmethod
    async def _open(self) -> None: ...

    @abstractmethod
    async def _close(self) -> None: ...

    @abstractmethod
    async def _run(self, lane: _Lane, job: Job, plan: Plan, deadline_s: float, keep: bool) -> Outcome: ...


def _temporary_root() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="kata-")).resolve()
    except OSError as error:
        raise EngineError(
            f"No temporary directory could be made ({error.strerror}). "
            "Free some space, or point TMPDIR at another disk."
        ) from error


@dataclass(slots=True)
class _Lane:
    """Room for one trial at a time; it may keep one collected job between two.

    `server` reads requests for this lane: a configured pytest that forks, for jobs with this `setting`.
    """

    job: Job | None = None
    worker: int = 0
    folder: Path = field(default_factory=Path)
    plans: socket.socket | None = None
    temporary: Path = field(default_factory=Path)
    server: socket.socket | None = None
    server_id: int = 0
    setting: tuple[object, ...] = ()


def _lay(folder: Path, job: Job) -> None:
    """Make a directory hold a job's files and nothing else, all with the same times."""
    for found in folder.iterdir():
        if found.is_dir() and not found.is_symlink():
            shutil.rmtree(found)
        else:
            found.unlink()
    for path, data in job.files.items():
        _write(folder / path, data)
    for found in [folder, *folder.rglob("*")]:
        os.utime(found, (FILE_TIME_S, FILE_TIME_S))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


# What only counts in a conftest.py that is there before pytest is configured.
_EARLY = (
    b"pytest_plugins",
    b"pytest_addoption",
    b"pytest_sessionstart",
    b"pytest_cmdline",
    b"pytest_load_initial",
    b"pytest_report_header",
)


def _is_configurable(job: Job) -> bool:
    """True when pytest can be configured before this job's files are there."""
    if job.own_configuration or "pytest.ini" not in job.files:
        return False
    conftests = [data for path, data in job.files.items() if path.rpartition("/")[2] == "conftest.py"]
    return not any(word in data for data in conftests for word in _EARLY)


def _message(job: Job, folder: Path, temporary: Path) -> dict[str, Any]:
    return {
        "directory": str(folder),
        "temporary": str(temporary),
        "suite": list(job.suite),
        "implementation": list(job.implementation),
        "targets": list(job.targets),
        "own_configuration": job.own_configuration,
        "plugins": list(job.plugins),
    }


def _environment() -> dict[str, str]:
    """A process's surroundings before it has a job: no wish of anyone's for Python or pytest, hashes fixed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "PYTEST")) or name in _KEPT_VARIABLES
    }
    return kept | {"PYTHONHASHSEED": "0", "PYTHONPATH": _PACKAGE_PARENT}


def _outcome(data: bytes, ending: Ending, wall_s: float) -> Outcome:
    if len(data) > EVENTS_LIMIT_B:
        return Outcome(Ending.CUT_SHORT, wall_s=wall_s)
    lines = data.split(b"\n")
    try:
        messages = [json.loads(line) for line in lines[:-1] if line]
        return trial.outcome_from(messages, ending=ending, wall_s=wall_s)
    except (ValueError, NonsenseError, RecursionError):
        return Outcome(Ending.CUT_SHORT, wall_s=wall_s)


_prestarted: list[tuple[socket.socket, subprocess.Popen[bytes]]] = []


def prestart() -> None:
    """Start a zygote now, for the next ForkRunner: it warms up while the program reads what it is to judge."""
    if hasattr(os, "fork"):
        _prestarted.append(_start_zygote())


def _start_zygote() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    ours, theirs = pair()
    process = subprocess.Popen(
        [sys.executable, "-m", "checker.engine.zygote", str(theirs.fileno())],
        env=_environment(),
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

    async def _spawned(self, lane: _Lane, job: Job) -> None:
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

    async def _spawn(self, lane: _Lane, job: Job) -> None:
        server = await self._server(lane, job)
        if server is None:
            lane.folder = self._folder()
        _lay(lane.folder, job)
        lane.job = job
        self._ids += 1
        lane.worker = self._ids
        lane.plans, theirs = pair()
        lane.temporary = self._folder()
        message = _message(job, lane.folder, lane.temporary)
        with theirs:
            self._request({"op": "spawn", "lane": False, "id": lane.worker, **message}, [theirs.fileno()], server)

    async def _server(self, lane: _Lane, job: Job) -> socket.socket | None:
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
        _lay(lane.folder, bare)
        self._ids += 1
        lane.server_id = self._ids
        lane.server, theirs = pair()
        message = _message(bare, lane.folder, self._folder())
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

    def _end_server(self, lane: _Lane) -> None:
        if lane.server is not None:
            lane.server.close()
            lane.server = None
            with contextlib.suppress(EngineError):
                self._request({"op": "kill", "id": lane.server_id})
            shutil.rmtree(lane.folder, ignore_errors=True)

    def _drop(self, lane: _Lane) -> None:
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

    async def _run(self, lane: _Lane, job: Job, plan: Plan, deadline_s: float, keep: bool) -> Outcome:
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

    async def _converse(self, lane: _Lane, plan: Plan, deadline_s: float, keep: bool, temporary: Path) -> Outcome:
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
        return _outcome(data, ending, time.monotonic() - began)


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
            _write(target, data)


class FreshRunner(Runner):
    """Runs every trial in a new process, with no shortcut at all."""

    def __init__(self, preload: Sequence[str] = (), lanes: int | None = None) -> None:
        super().__init__(lanes)
        self.preload = tuple(preload)

    async def _open(self) -> None:
        pass

    async def _close(self) -> None:
        pass

    async def _run(self, lane: _Lane, job: Job, plan: Plan, deadline_s: float, keep: bool) -> Outcome:
        folder, temporary = self._folder(), self._folder()
        _lay(folder, job)
        events = self._root / secrets.token_hex(4)
        message = _message(job, folder, temporary)
        message |= {"plan": trial.plan_message(plan), "events": str(events), "preload": list(self.preload)}
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "checker.engine.worker",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._root,
            env=_environment(),
            start_new_session=True,
        )
        try:
            async with asyncio.timeout(deadline_s):
                await process.communicate(json.dumps(message).encode())
            ending = Ending.COMPLETED
        except TimeoutError:
            ending = Ending.TIMEOUT
        finally:
            _end_group(process)
            await process.wait()
            data = events.read_bytes() if events.exists() else b""
            for left in (folder, temporary):
                shutil.rmtree(left, ignore_errors=True)
            events.unlink(missing_ok=True)
        return _outcome(data, ending, time.monotonic() - began)


def _end_group(process: asyncio.subprocess.Process) -> None:
    """Kill a worker and what it left in its group, also where the worker itself has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()


def make_runner(preload: Sequence[str] = (), *, fresh: bool = False, lanes: int | None = None) -> Runner:
    """The runner that suits this system: forks where there is a fork, unless `fresh` is asked for."""
    if fresh or not hasattr(os, "fork"):
        return FreshRunner(preload, lanes)
    return ForkRunner(preload, lanes)


@contextlib.asynccontextmanager
async def running(preload: Sequence[str] = (), *, fresh: bool = False) -> AsyncIterator[Runner]:
    """A runner for the time of a block."""
    async with make_runner(preload, fresh=fresh) as runner:
        yield runner
