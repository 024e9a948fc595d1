"""The last verdict is remembered for the very same submission and suite, and for no other."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from checker.catalog import Exercise, load_exercises
from checker.engine.trial import Place
from checker.findings import BugResult, Code, Reach, TestResult, Verdict, VerdictKind, finding
from checker.last import FOLDER, recall, remember
from checker.places import Places, find_places
from checker.submission import Submission
from checker.tests.workers import GREETING, TINY


@dataclass(frozen=True, slots=True)
class World:
    workspace: Path
    places: Places
    exercise: Exercise
    submission: Submission
    verdict: Verdict


@pytest.fixture
def world(tmp_path: Path) -> World:
    shutil.copytree(TINY, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    places = find_places(tmp_path / "course")
    exercise = load_exercises(places)[GREETING]
    verdict = Verdict(
        GREETING,
        VerdictKind.REJECTED,
        50,
        (finding(Code.BUG_ESCAPED, "It got past.", place=Place("test_a.py", 3), bug="one"),),
        (BugResult("one", "Greets nobody.", False, Reach.REACHED), BugResult("two", "…", True, caught_by=("test_a",))),
        (TestResult("test_a", "passed", ("two",)),),
    )
    return World(tmp_path / "work", places, exercise, Submission(GREETING, dict(exercise.starter)), verdict)


def _recalled(world: World, submission: Submission | None = None) -> Verdict | None:
    return recall(world.workspace, world.places, world.exercise, submission or world.submission)


def test_the_same_submission_gets_the_very_verdict(world: World) -> None:
    remember(world.workspace, world.places, world.submission, world.verdict)
    assert _recalled(world) == world.verdict


def test_nothing_is_recalled_where_nothing_was_judged(world: World) -> None:
    assert _recalled(world) is None


def test_a_changed_file_is_another_submission(world: World) -> None:
    remember(world.workspace, world.places, world.submission, world.verdict)
    changed = {path: text + b"\n# more\n" for path, text in world.submission.files.items()}
    assert _recalled(world, Submission(GREETING, changed)) is None
    assert _recalled(world, replace(world.submission, ignored=("test_more.py",))) is None


def test_another_suite_wants_another_verdict(world: World) -> None:
    remember(world.workspace, world.places, world.submission, world.verdict)
    suite = world.places.suites / GREETING / "suite.toml"
    suite.write_text(suite.read_text() + "\n")
    assert _recalled(world) is None


def test_an_undecided_verdict_is_not_kept(world: World) -> None:
    remember(world.workspace, world.places, world.submission, replace(world.verdict, kind=VerdictKind.INCONCLUSIVE))
    assert _recalled(world) is None


def test_a_damaged_entry_is_no_entry(world: World) -> None:
    remember(world.workspace, world.places, world.submission, world.verdict)
    (entry,) = (world.workspace / FOLDER).iterdir()
    key, _, _ = entry.read_bytes().partition(b"\n")
    entry.write_bytes(key + b"\n{")
    assert _recalled(world) is None


def test_a_workspace_that_cannot_be_written_to_keeps_none(world: World) -> None:
    world.workspace.write_text("a file where a folder should be")
    remember(world.workspace, world.places, world.submission, world.verdict)
    assert _recalled(world) is None
