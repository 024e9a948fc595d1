"""Judges every submission of a class, a few at once, each in a sandbox of its own; keeps each result as it comes."""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from .. import __version__
from ..catalog import Exercise, Suite
from ..engine.backend import EngineError, Walls, make_runner
from ..errors import KataError
from ..experiment import preload_names
from ..findings import Verdict, VerdictKind, expectation
from ..judging import judge_submission
from ..places import Places
from ..state import submission_hash
from ..submission import Submission
from ..suite import load_suite, suite_folder
from .intake import HandedIn, Learner
from .store import Key, Store

ATTEMPTS = 3  # for what is inconclusive
VERDICT = TypeAdapter(Verdict)


@dataclass(frozen=True, slots=True)
class Graded:
    """One learner's result for one exercise: None where nothing was handed in."""

    learner: Learner
    exercise: str
    key: Key | None
    verdict: Verdict | None
    friend: str = ""
    """Which well-known mistake was handed in, if it is one that the suite knows: why it looks right."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One submission that is still to be judged."""

    learner: Learner
    exercise: Exercise
    suite: Suite
    submission: Submission
    key: Key


Told = Callable[[int, int, Unit], None]
BUBBLEWRAP = Walls()
Judge = Callable[[Unit, Walls | None], Awaitable[Verdict]]


async def grade(
    places: Places,
    exercises: Mapping[str, Exercise],
    handed_in: Sequence[HandedIn],
    store: Store,
    *,
    seed: int = 1,
    jobs: int | None = None,
    walls: Walls | None = BUBBLEWRAP,
    rerun: bool = False,
    private: Path | None = None,
    judge: Judge | None = None,
    told: Told = lambda done, total, unit: None,
) -> list[Graded]:
    """All results, by learner and exercise in their order; what the store knows is not judged again.

    `walls`: what strangers' code runs in; None leaves the machine unprotected. `private`: a teacher's own bugs, laid
    out like the suites. `judge`: who judges a unit, if not this machine.
    Raises EngineError where the engine itself fails three times on one submission.
    """
    judge = judge or judged_here
    suites = {exercise: load_suite(places, exercises[exercise], private) for exercise in exercises}
    versions = {exercise: suite_hash(places, exercise, private) for exercise in exercises}
    known = {} if rerun else store.known()
    results: dict[tuple[str, str], Graded] = {}
    waiting: deque[Unit] = deque()
    for entry in handed_in:
        for name, exercise in exercises.items():
            submission = entry.submissions.get(name)
            if submission is None:
                results[entry.learner.id, name] = Graded(entry.learner, name, None, None)
                continue
            work = submission_hash({**submission.files, "\0problems": repr(submission.problems).encode()})
            key = Key(entry.learner.id, name, work, versions[name], __version__, seed, walls is not None)
            if key in known:
                verdict = VERDICT.validate_json(known[key])
                results[entry.learner.id, name] = _graded(entry.learner, key, verdict, suites[name])
            else:
                waiting.append(Unit(entry.learner, exercise, suites[name], submission, key))
    total, done = len(waiting), 0

    async def work_off() -> None:
        nonlocal done
        while waiting:
            unit = waiting.popleft()
            verdict = await judge(unit, walls)
            if verdict.kind is not VerdictKind.INCONCLUSIVE:
                store.keep(unit.key, VERDICT.dump_json(verdict).decode())
            results[unit.learner.id, unit.exercise.id] = _graded(unit.learner, unit.key, verdict, unit.suite)
            done += 1
            told(done, total, unit)

    try:
        async with asyncio.TaskGroup() as group:
            for _ in range(min(jobs or os.cpu_count() or 1, max(total, 1))):
                group.create_task(work_off())
    except* KataError as failed:
        raise failed.exceptions[0] from None
    return [results[entry.learner.id, name] for entry in handed_in for name in exercises]


async def judged_here(unit: Unit, walls: Walls | None) -> Verdict:
    """The verdict on one submission, in a sandbox that nobody else's work was ever in."""
    verdict: Verdict | None = None
    for attempt in range(ATTEMPTS):
        try:
            names = preload_names(unit.exercise, unit.submission.files)
            async with make_runner(names, lanes=1, walls=walls) as runner:
                judged = await judge_submission(
                    runner,
                    unit.exercise,
                    unit.suite,
                    unit.submission,
                    seed=unit.key.seed,
                    disguise_seed=unit.key.seed,
                )
        except EngineError:
            if attempt == ATTEMPTS - 1:
                raise
            continue
        verdict = judged.verdict
        if verdict.kind is not VerdictKind.INCONCLUSIVE:
            break
    assert verdict is not None
    return verdict


def _graded(learner: Learner, key: Key, verdict: Verdict, suite: Suite) -> Graded:
    return Graded(learner, suite.exercise, key, verdict, _friend(verdict, suite))


def _friend(verdict: Verdict, suite: Suite) -> str:
    """The false friend that gets the same findings, by its reason; held bugs aside, some of which it can't know."""
    held = {bug.id for bug in verdict.bugs if bug.held}
    got = {expectation(each) for each in verdict.blocking if each.bug not in held}
    for friend in suite.false_friends if got else ():
        if got == {each for each in friend.expect if each.rpartition(":")[2] not in held}:
            return friend.why
    return ""


def suite_hash(places: Places, exercise: str, private: Path | None = None) -> str:
    """A short hash of all that an exercise is judged by."""
    folders = [suite_folder(places, exercise), places.exercise_folder(exercise)]
    if private is not None:
        folders.append(private.joinpath(*exercise.split("/")))
    files = {
        f"{number}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for number, folder in enumerate(folders)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    return submission_hash(files)


def store_url(out: Path) -> str:
    """The file of results in the folder of outputs."""
    return f"sqlite:///{out / 'results.sqlite'}"
