"""The hand-in: one zip of the editable files of every exercise that someone started."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from checker.errors import KataError
from checker.files import write_new
from checker.submission import Problem, Submission, edits, read_submission
from checker.workspace import BothEdited, Catalog, Workspace, same_work


class NothingToHandIn(KataError):
    """No exercise was started."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"{folder}: no exercise is started here, so there is nothing to hand in.")


class ZipExists(KataError):
    """A file of that name is there already, and no hand-in is ever overwritten."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path}: is there already, and is not overwritten. Name another file.")


@dataclass(frozen=True, slots=True)
class Handin:
    """A zip that was written: the exercises in it, and (exercise, problem) for each file left out."""

    path: Path
    exercises: tuple[str, ...]
    problems: tuple[tuple[str, Problem], ...]


def write_handin(workspace: Workspace, catalog: Catalog, target: Path) -> Handin:
    """Write the editable files of all exercises started to the zip `target`, as CHAPTER/EXERCISE/FILE.

    Started means: in the workspace, or edited in `exercises/`. The same files give the same bytes.
    Raises BothEdited, NothingToHandIn, ZipExists, NotWritten.
    """
    work = [found for key in sorted(catalog) if (found := _work_on(workspace, catalog, key)) is not None]
    if not work:
        raise NothingToHandIn(workspace.folder)
    if not write_new(target, _zipped(work)):
        raise ZipExists(target)
    return Handin(
        target,
        tuple(submission.exercise for submission in work),
        tuple((submission.exercise, problem) for submission in work for problem in submission.problems),
    )


def free_name(folder: Path, stem: str = "handin") -> Path:
    """`handin.zip` in `folder`, or `handin.2.zip` and so on: the first that is not there yet."""
    path, number = folder / f"{stem}.zip", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}.{number}.zip"
    return path


def _work_on(workspace: Workspace, catalog: Catalog, key: str) -> Submission | None:
    exercise = catalog[key]
    pristine = workspace.manifest.files(key)
    copy, handed_out = workspace.exercise_folder(key), workspace.places.exercise_folder(key)
    in_copy = read_submission(copy, exercise, pristine) if copy.is_dir() else None
    if not edits(handed_out, exercise, pristine):
        return in_copy
    elsewhere = read_submission(handed_out, exercise, pristine)
    if in_copy is None or not edits(copy, exercise, pristine):
        return elsewhere
    if not same_work(in_copy, elsewhere):
        raise BothEdited(key, copy, handed_out)
    return in_copy


def _zipped(work: Iterable[Submission]) -> bytes:
    buffer = io.BytesIO()
    # Stored, not deflated: what a compressor makes differs between versions of it, and the files are small.
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for submission in work:
            for path in sorted(submission.files):
                entry = zipfile.ZipInfo(f"{submission.exercise}/{path}", date_time=(1980, 1, 1, 0, 0, 0))
                entry.create_system = 3  # Unix, on every system, so that the permissions below are read.
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, submission.files[path])
    return buffer.getvalue()
