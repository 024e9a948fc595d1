"""From a submission to its verdict: read, run, judge. The one path that every command takes."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import judges
from .catalog import Exercise, Sample, Suite
from .engine.backend import EngineError, Runner, make_runner
from .evidence import Evidence
from .experiment import Experiment, Progress, preload_names
from .findings import Verdict, VerdictKind
from .judges.ran import broken_files
from .submission import Submission, read_submission


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict with what it rests on."""

    verdict: Verdict
    evidence: Evidence | None


def runner_for(exercise: Exercise, submission: Submission, *, fresh: bool = False) -> Runner:
    """The runner for one exercise: its zygote imports what exercise and submission import."""
    return make_runner(preload_names(exercise, submission.files), fresh=fresh)


async def judge_submission(
    runner: Runner,
    exercise: Exercise,
    suite: Suite,
    submission: Submission,
    *,
    seed: int = 0,
    progress: Progress | None = None,
    disguise_seed: int | None = None,
) -> Judged:
    """Judge one submission, and keep `progress` up to date. Raises EngineError where the engine itself fails."""
    if submission.problems:
        found = broken_files(submission.problems)
        verdict = Verdict(exercise.id, VerdictKind.REJECTED, 0, found, seed=seed, lesson=suite.lesson)
        return Judged(verdict, None)
    told = progress or Progress()
    experiment = Experiment(runner, exercise, suite, submission, seed=seed, progress=told, disguise_seed=disguise_seed)
    evidence = await experiment.gather()
    return Judged(judges.judged(evidence), evidence)


async def judge_folder(
    exercise: Exercise,
    suite: Suite,
    folder: Path,
    *,
    seed: int = 0,
    fresh: bool = False,
    progress: Progress | None = None,
) -> Judged:
    """Judge what lies in a folder laid out like the exercise."""
    submission = read_submission(folder, exercise, {**exercise.given, **exercise.starter})
    async with runner_for(exercise, submission, fresh=fresh) as runner:
        return await judge_submission(runner, exercise, suite, submission, seed=seed, progress=progress)


async def judge_files(runner: Runner, exercise: Exercise, suite: Suite, sample: Sample, *, seed: int = 0) -> Judged:
    """Judge a whole submission that the course keeps: a solution, a false friend, the starter."""
    return await judge_submission(runner, exercise, suite, Submission(exercise.id, sample.files), seed=seed)


async def judge_all(
    exercise: Exercise, suite: Suite, samples: Sequence[Sample], *, fresh: bool = False, lanes: int | None = None
) -> list[Judged]:
    """Judge many whole submissions of one exercise, in their order; `lanes` at once, each on a processor of its own.

    One submission alone is judged faster by all processors together, many are by one processor each: nobody waits
    for the last trial of another. Raises EngineError where the engine itself fails.
    """
    judged: dict[int, Judged] = {}
    waiting = deque(enumerate(samples))
    names = preload_names(exercise, {path: text for sample in samples for path, text in sample.files.items()})

    async def work() -> None:
        async with make_runner(names, fresh=fresh, lanes=1) as runner:
            while waiting:
                index, sample = waiting.popleft()
                judged[index] = await judge_files(runner, exercise, suite, sample)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(lanes or os.cpu_count() or 1, len(samples))):
                group.create_task(work())
    except* EngineError as failed:
        raise failed.exceptions[0] from None
    return [judged[index] for index in range(len(samples))]
