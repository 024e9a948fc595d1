"""The last verdict on each exercise, kept beside the workspace's state, so that a hint need not judge the same again.

Safe to delete. An entry is believed only for the very same submission, suite, course and Python.
"""

from __future__ import annotations

import hashlib
import platform
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from . import __version__
from .catalog import Exercise
from .errors import KataError
from .files import write_whole
from .findings import Verdict, VerdictKind
from .places import Places
from .state import submission_hash
from .submission import Submission

FOLDER = ".kata-last"


def remember(workspace: Path, places: Places, submission: Submission, verdict: Verdict) -> None:
    """Keep a decided verdict. A workspace that cannot be written to keeps none."""
    if verdict.kind is not VerdictKind.INCONCLUSIVE:
        key = _key(places, submission)
        try:
            write_whole(_path(workspace, submission.exercise), key + b"\n" + _VERDICT.dump_json(verdict))
        except KataError:
            return


def recall(workspace: Path, places: Places, exercise: Exercise, submission: Submission) -> Verdict | None:
    """The verdict on this submission, if it was the last one on its exercise."""
    try:
        key, _, text = _path(workspace, exercise.id).read_bytes().partition(b"\n")
        return _VERDICT.validate_json(text) if key == _key(places, submission) else None
    except (OSError, ValidationError):
        return None


def previous(workspace: Path, exercise: str) -> Verdict | None:
    """The last verdict on an exercise, whatever it was that was judged then."""
    try:
        return _VERDICT.validate_json(_path(workspace, exercise).read_bytes().partition(b"\n")[2])
    except (OSError, ValidationError):
        return None


def _path(workspace: Path, exercise: str) -> Path:
    return workspace / FOLDER / f"{exercise.replace('/', '.')}.json"


def _key(places: Places, submission: Submission) -> bytes:
    suite = places.suites.joinpath(*submission.exercise.split("/"))
    files = {path.relative_to(suite).as_posix(): path.read_bytes() for path in suite.rglob("*") if path.is_file()}
    told = (__version__, platform.python_version(), submission_hash(submission.files), submission_hash(files))
    left = (submission.problems, submission.edited_given, submission.ignored)
    return hashlib.sha256(repr((told, left)).encode()).hexdigest().encode()


_VERDICT = TypeAdapter(Verdict)
