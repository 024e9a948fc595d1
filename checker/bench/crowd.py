"""A class: how many submissions a minute, how busy the processors are, and how much memory it takes."""

from __future__ import annotations

import asyncio
import contextlib
import os
import resource
import time
from collections.abc import Awaitable, Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from ..catalog import Exercise, Sample
from ..judging import Judged, judge_all
from ..places import Places
from ..suite import load_solution, load_suite

LOOK_S = 0.2
_PROCESS = Path("/proc")


@dataclass(frozen=True, slots=True)
class Crowd:
    """What one class took. `busy`: the share of all processors' time that was used, from 0 to 1; memory in MiB."""

    exercise: str
    submissions: int
    trials: int
    wall_s: float
    busy: float
    zygote_mib: float
    worker_mib: float

    @property
    def per_minute(self) -> float:
        return 60 * self.submissions / self.wall_s


def crowd(places: Places, exercise: Exercise, submissions: int) -> Crowd:
    """Judge as many submissions: the good, the bad and the unfinished that the exercise keeps, over and over."""
    suite = load_suite(places, exercise)
    kept = [Sample("starter", exercise.starter), load_solution(places, exercise), *suite.accepted, *suite.false_friends]
    samples = list(islice(cycle(kept), submissions))
    used_s, began = _processor_s(), time.perf_counter()
    judged, zygote_b, worker_b = asyncio.run(_watched(judge_all(exercise, suite.without_held(), samples)))
    wall_s = time.perf_counter() - began
    busy = (_processor_s() - used_s) / wall_s / (os.cpu_count() or 1)
    trials = sum(each.verdict.trials for each in judged)
    return Crowd(exercise.id, submissions, trials, wall_s, busy, zygote_b / 2**20, worker_b / 2**20)


async def _watched(judging: Awaitable[list[Judged]]) -> tuple[list[Judged], int, int]:
    """What comes of the judging; the most bytes that a zygote held, and that a worker had of its own (Linux)."""
    most = {True: 0, False: 0}

    async def look() -> None:
        while True:
            for pid, is_zygote in _engine_processes():
                name = "Rss" if is_zygote else "Private_Dirty"
                most[is_zygote] = max(most[is_zygote], _memory_b(pid, name))
            await asyncio.sleep(LOOK_S)

    looking = asyncio.create_task(look())
    try:
        return await judging, most[True], most[False]
    finally:
        looking.cancel()


def _engine_processes() -> Iterator[tuple[int, bool]]:
    """The engine's processes below this one, and whether each is a zygote: one that this process has started."""
    ours = {os.getpid(): 0}
    parents: dict[int, int] = {}
    for entry in _PROCESS.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            parents[int(entry.parent.name)] = int(entry.read_bytes().rpartition(b")")[2].split()[1])
    grown = True
    while grown:
        below = {pid: ours[parent] + 1 for pid, parent in parents.items() if parent in ours and pid not in ours}
        ours |= below
        grown = bool(below)
    yield from ((pid, depth == 1) for pid, depth in ours.items() if depth)


def _memory_b(pid: int, name: str) -> int:
    with contextlib.suppress(OSError):
        for line in (_PROCESS / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0


def _processor_s() -> float:
    """The processor time of this process and of all that it waited for, the zygotes and their workers among them."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)
