"""What a verdict costs, cold and warm, against one cold `pytest` run of the same submission."""

from __future__ import annotations

import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ..catalog import Exercise, Suite
from ..judging import judge_submission, runner_for
from ..places import PACKAGE, Places
from ..submission import read_submission
from ..suite import load_solution, load_suite
from .lay import lay_out, timed


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians for one exercise, in seconds of wall time.

    `cold`: a whole `kata check`, as a process of its own. `warm`: from reading the files to the verdict, with a zygote
    that has judged before, as after a save.
    """

    exercise: str
    trials: int
    cold_s: float
    warm_s: float
    pytest_s: float

    @property
    def cold_ratio(self) -> float:
        return self.cold_s / self.pytest_s

    @property
    def warm_ratio(self) -> float:
        return self.warm_s / self.pytest_s


def costs(places: Places, exercises: Iterable[Exercise], rounds: int) -> Iterator[Cost]:
    """Measure each exercise's solution `rounds` times, the three in turn, after one uncounted round."""
    for exercise in exercises:
        suite = load_suite(places, exercise).without_held()
        with tempfile.TemporaryDirectory(prefix="kata-bench-") as folder:
            path = lay_out(Path(folder), exercise, load_solution(places, exercise).files)
            yield asyncio.run(_cost(exercise, suite, path, rounds))


async def _cost(exercise: Exercise, suite: Suite, path: Path, rounds: int) -> Cost:
    check = [sys.executable, "-m", "checker", "check", "--json", str(path)]
    plain = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    pristine = {**exercise.given, **exercise.starter}
    figures: list[tuple[float, float, float]] = []
    trials = 0
    async with runner_for(exercise, read_submission(path, exercise, pristine)) as runner:
        for _ in range(rounds + 1):
            cold_s, told = await asyncio.to_thread(timed, check, PACKAGE.parent)
            pytest_s, _ = await asyncio.to_thread(timed, plain, path)
            began = time.perf_counter()
            await judge_submission(runner, exercise, suite, read_submission(path, exercise, pristine))
            figures.append((cold_s, time.perf_counter() - began, pytest_s))
            trials = int(json.loads(told)["trials"])
    cold_s, warm_s, pytest_s = (median(column) for column in zip(*figures[1:], strict=True))
    return Cost(exercise.id, trials, cold_s, warm_s, pytest_s)
