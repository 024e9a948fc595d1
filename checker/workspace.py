"""The workspace: each person's own copies of the exercises, laid out like `exercises/`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import KataError, command
from checker.files import Kind, keep_aside, kind_of, lf, remove, write_new, write_whole
from checker.manifest import Manifest, load_manifest
from checker.places import Places
from checker.submission import (
    NOT_HANDED_OUT,
    ExerciseFiles,
    Submission,
    edits,
    given_files,
    has_text,
    read_submission,
)

WORKSPACE_VARIABLE = "KATA_WORKSPACE"
_FIRST_LINE = "# The workspace of Async Test Kata: plain `pytest` works on all of it."
WORKSPACE_INI = f"""{_FIRST_LINE}
[pytest]
asyncio_mode = strict
asyncio_default_fixture_loop_scope = function
asyncio_default_test_loop_scope = function
"""
Catalog = Mapping[str, ExerciseFiles]
"""The exercises of the course by id."""


class NoSuchExercise(KataError):
    """The course has no exercise of that name."""

    def __init__(self, exercise: str) -> None:
        super().__init__(f"{exercise}: no such exercise. `{command('list')}` shows them all.")


class MisplacedWorkspace(KataError):
    """The workspace lies inside the course, where copies and originals would be the same files."""

    def __init__(self, folder: Path, course: Path) -> None:
        super().__init__(f"{folder}: a workspace cannot lie in {course}. Name another folder.")


class BothEdited(KataError):
    """Work on one exercise lies in two folders, and which one counts is not guessed."""

    def __init__(self, exercise: str, workspace: Path, handed_out: Path) -> None:
        super().__init__(
            f"{exercise}: edited in two places, and which one counts is not guessed:\n"
            f"  {workspace}\n  {handed_out}\n"
            f"`{command('check FOLDER')}` judges the one you name. `{command('reset FOLDER')}` puts the one "
            "you name back as it was handed out, and keeps its text beside it."
        )


class NotAdopted(KataError):
    """A file edited in `exercises/` cannot be moved to the workspace."""

    def __init__(self, submission: Submission, folder: Path) -> None:
        reasons = "; ".join(f"{problem.path}: {problem.detail}" for problem in submission.problems)
        super().__init__(f"{folder}: cannot be moved to the workspace. {reasons}. Nothing was changed.")


class NotYours(KataError):
    """A reset was asked for in a folder that holds no learner's work."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: part of the course, not of a workspace, so it is not reset.")


@dataclass(frozen=True, slots=True)
class Workspace:
    """Where one person works: the course, what it handed out, and the folder of their own copies."""

    places: Places
    folder: Path
    manifest: Manifest

    def exercise_folder(self, exercise: str) -> Path:
        """Where this person's copy of an exercise lies, or would lie."""
        return self.folder.joinpath(*exercise.split("/"))


@dataclass(frozen=True, slots=True)
class Started:
    """What `start` did in `folder`, all as paths in the exercise."""

    folder: Path
    made: tuple[str, ...]
    adopted: tuple[str, ...]
    """Edited in `exercises/`, now in the workspace; `exercises/` is as handed out again."""
    outdated: tuple[str, ...]
    """Given files of the workspace that differ from the course; `reset` brings them up to date."""


@dataclass(frozen=True, slots=True)
class Reset:
    """What `reset` did in `folder`: the files put back, and where the text they had is kept."""

    folder: Path
    restored: tuple[str, ...]
    kept_aside: tuple[Path, ...]


def open_workspace(
    places: Places, given: Path | None = None, *, cwd: Path, environ: Mapping[str, str] | None = None
) -> Workspace:
    """Decide the workspace folder; it need not exist. Raises MisplacedWorkspace, ManifestError.

    In this order: the folder given (`--workspace`), KATA_WORKSPACE, the workspace that `cwd` lies in,
    `workspace/` in the clone, and outside a clone `workspace/` in `cwd`.
    """
    named = (os.environ if environ is None else environ).get(WORKSPACE_VARIABLE, "")
    if given is not None or named:
        folder = cwd / (given if given is not None else Path(named).expanduser())
    else:
        folder = _workspace_around(cwd) or (places.root or cwd) / "workspace"
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - links keep the names that were typed
    for course in (places.exercises, places.solutions, places.suites):
        if _lies_in(folder, course):
            raise MisplacedWorkspace(folder, course)
    return Workspace(places, folder, load_manifest(places))


def start(workspace: Workspace, exercise: ExerciseFiles) -> Started:
    """Copy what was handed out into the workspace, overwriting nothing; adopt edits of `exercises/`.

    `exercise.toml` is not copied: only the program reads it. Work found in `exercises/` is first written to
    the workspace, then put back there as handed out; a crash in between leaves the same text twice, and a
    second `start` goes on. Raises NoSuchExercise, BothEdited, NotAdopted, NotWritten.
    """
    pristine = workspace.manifest.files(exercise.id)
    if not pristine:
        raise NoSuchExercise(exercise.id)
    source = workspace.places.exercise_folder(exercise.id)
    target = workspace.exercise_folder(exercise.id)
    adopted = edits(source, exercise, pristine)
    if adopted:
        work = read_submission(source, exercise, pristine)
        if work.problems:
            raise NotAdopted(work, source)
        if edits(target, exercise, pristine) and not same_work(work, read_submission(target, exercise, pristine)):
            raise BothEdited(exercise.id, target, source)
        for path in adopted:
            _put(target / path, work.files.get(path))
    write_new(workspace.folder / "pytest.ini", WORKSPACE_INI.encode())
    made = tuple(
        path
        for path, text in pristine.items()
        if path not in NOT_HANDED_OUT and path not in adopted and write_new(target / path, text)
    )
    for path in adopted:
        _put(source / path, pristine.get(path))
    given = given_files(exercise, pristine)
    outdated = tuple(path for path in given if not has_text(target / path, pristine[path]))
    return Started(target, made, adopted, outdated)


def reset(workspace: Workspace, exercise: ExerciseFiles, folder: Path) -> Reset:
    """Put an exercise back as handed out in `folder` (from `locate`); its text is kept aside as `NAME.1.bak`.

    Raises NoSuchExercise, NotYours, NotWritten.
    """
    pristine = workspace.manifest.files(exercise.id)
    if not pristine:
        raise NoSuchExercise(exercise.id)
    if any(_lies_in(folder, ours) for ours in (workspace.places.solutions, workspace.places.suites)):
        raise NotYours(folder)
    changed = edits(folder, exercise, pristine)
    handed_out = [path for path in pristine if path not in NOT_HANDED_OUT]
    restored = tuple(path for path in handed_out if not has_text(folder / path, pristine[path]))
    kept_aside = tuple(
        keep_aside(folder / path)
        for path in dict.fromkeys((*restored, *changed))
        if kind_of(folder / path) is not Kind.NOTHING
    )
    for path in restored:
        write_whole(folder / path, pristine[path])
    return Reset(folder, restored, kept_aside)


def same_work(one: Submission, other: Submission) -> bool:
    """Whether two submissions hold the same text, line ends apart, and both could be read."""
    if one.problems or other.problems or one.files.keys() != other.files.keys():
        return False
    return all(lf(text) == lf(other.files[path]) for path, text in one.files.items())


def _put(path: Path, text: bytes | None) -> None:
    """Make `path` hold `text`; None takes it away."""
    if text is None:
        remove(path)
    else:
        write_whole(path, text)


def _workspace_around(folder: Path) -> Path | None:
    for parent in (folder, *folder.parents):
        try:
            if (parent / "pytest.ini").read_text(encoding="utf-8").startswith(_FIRST_LINE):
                return parent
        except (OSError, UnicodeDecodeError):
            continue
    return None


def _lies_in(folder: Path, course: Path) -> bool:
    """Whether `folder` is `course` or below it, whatever links and letter case the path goes through."""
    if not course.exists():
        return False
    whole = folder.resolve()
    return any(parent.exists() and parent.samefile(course) for parent in (whole, *whole.parents))
