"""What runs trials: a few lanes, each with room for one trial at a time.

A trial that takes much longer than it should waits for something, as a rule, and leaves its processor idle: until it
ends, one more lane is open.
Every job gets a directory under a random name, so that a path tells nothing; all times in it are the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import secrets
import shutil
import socket
import tempfile
import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..errors import KataError
from . import trial
from .trial import Ending, Job, NonsenseError, Outcome, Plan

EVENTS_LIMIT_B = 32 << 20
FILE_TIME_S = 1_000_000_000
MOST_PROCESSORS = 4
MOST_DEADLINES = 6
LOOK_S = 0.25  # how often one looks after a trial
LONG = 1 / 6  # of its deadline: a trial that takes longer seems to wait


class EngineError(KataError):
    """The engine itself failed: nothing can be said about the submission."""


class Runner(ABC):
    """Runs trials. Use it as an async context manager; `run` may be called many times at once.

    `shortcuts`: whether a trial may be left out that can't come out other than one that was run.
    """

    shortcuts = True

    def __init__(self, lanes: int | None = None) -> None:
        self.lanes = lanes or min(os.cpu_count() or 1, MOST_PROCESSORS) + 1  # a trial with a database waits for it
        self._free: asyncio.Queue[Lane] = asyncio.Queue()
        self._root = Path()
        self._lanes: list[Lane] = []
        self._made: set[str] = set()  # the names of folders in the root that are ours
        self._resting: list[Lane] = []  # opened beside a long trial, and to be opened again beside the next

    async def __aenter__(self) -> Self:
        self._root = _temporary_root()
        self._lanes = [Lane() for _ in range(2 * self.lanes)]
        self._resting = self._lanes[self.lanes :]
        for lane in self._lanes[: self.lanes]:
            self._free.put_nowait(lane)
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._close()
        shutil.rmtree(self._root, ignore_errors=True)

    async def run(self, job: Job, plan: Plan, deadline_s: float, *, kept: Job | None = None) -> Outcome:
        """Run one trial. `kept`: a job that stays collected for later trials, of itself or of one that is like it.

        It is ended when nothing has been told for `deadline_s`, and at `MOST_DEADLINES` of them in any case.
        Raises EngineError when a worker cannot be started or its directory cannot be written.
        """
        lane = await self._lane(kept)
        self._sweep()
        opened: list[Lane] = []
        long = asyncio.get_running_loop().call_later(deadline_s * LONG, self._open_another, opened)
        try:
            return await self._run(lane, job, plan, deadline_s, kept)
        except OSError as error:
            raise EngineError(
                f"A trial could not be set up in {self._root.parent}: {error.strerror or error}. "
                "Nothing of yours was changed."
            ) from error
        finally:
            long.cancel()
            (self._resting.append if opened else self._free.put_nowait)(lane)

    def _open_another(self, opened: list[Lane]) -> None:
        if self._resting:
            opened.append(self._resting.pop())
            self._free.put_nowait(opened[0])

    async def _lane(self, job: Job | None) -> Lane:
        """A free lane, one that holds this job collected if there is one."""
        lane = await self._free.get()
        if job is None or lane.holds(job):
            return lane
        waiting = [self._free.get_nowait() for _ in range(self._free.qsize())]
        better = next((other for other in waiting if other.holds(job)), lane)
        for other in [lane, *waiting]:
            if other is not better:
                self._free.put_nowait(other)
        return better

    def _folder(self) -> Path:
        """A new, empty directory under a random name."""
        folder = self._root / secrets.token_hex(4)
        folder.mkdir(mode=0o700)
        self._made.add(folder.name)
        return folder

    def _give_up(self, folder: Path) -> None:
        """Remove one of our folders. What a process that still runs puts there is swept away later."""
        self._made.discard(folder.name)
        shutil.rmtree(folder, ignore_errors=True)

    def _sweep(self) -> None:
        """Take away what a trial has put beside its own folders, where the next would find it."""
        for found in self._root.iterdir():
            if found.name not in self._made:
                with contextlib.suppress(OSError):  # it is still being written to, or cannot be removed: next time
                    remove(found)

    @abstractmethod
    async def _open(self) -> None: ...

    @abstractmethod
    async def _close(self) -> None: ...

    @abstractmethod
    async def _run(self, lane: Lane, job: Job, plan: Plan, deadline_s: float, kept: Job | None) -> Outcome: ...


def _temporary_root() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix="kata-")).resolve()
    except OSError as error:
        raise EngineError(
            f"No temporary directory could be made ({error.strerror}). "
            "Free some space, or point TMPDIR at another disk."
        ) from error


@dataclass(slots=True)
class Patience:
    """How long a trial may still take: `deadline_s` from the last that it told, in its file of events."""

    events: int  # the file's descriptor
    deadline_s: float
    began: float = field(default_factory=time.monotonic)
    told_at: float = field(default_factory=time.monotonic)
    told_b: int = 0

    @property
    def left_s(self) -> float:
        until = min(self.told_at + self.deadline_s, self.began + MOST_DEADLINES * self.deadline_s)
        return max(0.0, until - time.monotonic())

    def is_over(self) -> bool:
        told_b = os.fstat(self.events).st_size
        if told_b != self.told_b:
            self.told_b, self.told_at = told_b, time.monotonic()
        return not self.left_s


@dataclass(slots=True)
class Worker:
    """A process that was forked for a job, and waits for plans."""

    id: int
    job: Job
    folder: Path
    temporary: Path
    plans: socket.socket
    server: socket.socket | None


@dataclass(slots=True)
class Lane:
    """Room for one trial at a time; it may keep one collected job between two.

    `server` reads requests for this lane: a configured pytest that forks, for jobs with this `setting`.
    """

    kept: Worker | None = None
    folder: Path = field(default_factory=Path)
    server: socket.socket | None = None
    server_id: int = 0
    setting: tuple[object, ...] = ()

    def holds(self, job: Job) -> bool:
        return self.kept is not None and self.kept.job is job


def lay(folder: Path, job: Job) -> None:
    """Make a directory hold a job's files and nothing else, all with the same times."""
    empty(folder)
    for path, data in job.files.items():
        write(folder / path, data)
    for found in [folder, *folder.rglob("*")]:
        os.utime(found, (FILE_TIME_S, FILE_TIME_S))


def empty(folder: Path) -> None:
    for found in folder.iterdir():
        remove(found)


def remove(found: Path) -> None:
    """Take away a file, a link or a whole folder."""
    if found.is_dir() and not found.is_symlink():
        shutil.rmtree(found)
    else:
        found.unlink(missing_ok=True)


def write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def job_message(job: Job, folder: Path, temporary: Path) -> dict[str, Any]:
    return {
        "directory": str(folder),
        "temporary": str(temporary),
        "suite": list(job.suite),
        "implementation": list(job.implementation),
        "targets": list(job.targets),
        "own_configuration": job.own_configuration,
        "plugins": list(job.plugins),
        "common": list(job.common),
    }


def outcome_of(data: bytes, ending: Ending, wall_s: float, deadline_s: float) -> Outcome:
    """What a worker's events tell. Where it told something to the last, no test is accused of hanging."""
    if len(data) > EVENTS_LIMIT_B:
        return Outcome(Ending.CUT_SHORT, wall_s=wall_s)
    lines = data.split(b"\n")
    try:
        messages = [json.loads(line) for line in lines[:-1] if line]
        outcome = trial.outcome_from(messages, ending=ending, wall_s=wall_s)
    except (ValueError, NonsenseError, RecursionError):
        return Outcome(Ending.CUT_SHORT, wall_s=wall_s)
    is_slow = ending is Ending.TIMEOUT and wall_s >= MOST_DEADLINES * deadline_s
    return replace(outcome, running="") if is_slow else outcome
