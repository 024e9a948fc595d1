"""Trials in new processes, one each, with no shortcut at all: for systems without a fork, and to check the others."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

from . import trial
from .runner import LOOK_S, Lane, Patience, Runner, job_message, lay, outcome_of
from .start import environment
from .trial import Ending, Job, Outcome, Plan


class FreshRunner(Runner):
    """Runs every trial in a new process, with no shortcut at all."""

    shortcuts = False

    def __init__(self, preload: Sequence[str] = (), lanes: int | None = None) -> None:
        super().__init__(lanes)
        self.preload = tuple(preload)

    async def _open(self) -> None:
        pass

    async def _close(self) -> None:
        pass

    async def _run(self, lane: Lane, job: Job, plan: Plan, deadline_s: float, kept: Job | None) -> Outcome:
        folder, temporary = self._folder(), self._folder()
        lay(folder, job)
        events = self._folder() / "events"
        message = job_message(job, folder, temporary)
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
            env=environment(),
            start_new_session=True,
        )
        events.touch()
        running = asyncio.create_task(process.communicate(json.dumps(message).encode()))
        try:
            with events.open("rb") as told:
                ending = await _ended(running, Patience(told.fileno(), deadline_s))
        finally:
            _end_group(process)
            running.cancel()
            await asyncio.wait({running})
            await process.wait()
            data = events.read_bytes() if events.exists() else b""
            for left in (folder, temporary, events.parent):
                self._give_up(left)
        return outcome_of(data, ending, time.monotonic() - began, deadline_s)


async def _ended(running: asyncio.Task[tuple[bytes, bytes]], patience: Patience) -> Ending:
    while not patience.is_over():
        if (await asyncio.wait({running}, timeout=min(LOOK_S, patience.left_s)))[0]:
            return Ending.COMPLETED
    return Ending.TIMEOUT


def _end_group(process: asyncio.subprocess.Process) -> None:
    """Kill a worker and what it left in its group, also where the worker itself has ended."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.returncode is None:
            process.kill()
