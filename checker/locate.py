"""Which folder is the submission, and which exercise does a folder belong to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from checker.errors import KataError, command
from checker.files import Kind, kind_of
from checker.submission import ExerciseFiles, edits, read_submission
from checker.workspace import BothEdited, Catalog, NoSuchExercise, Workspace, same_work


class Where(Enum):
    """Why a folder was chosen."""

    WORKSPACE = "workspace"
    EXERCISES = "exercises"
    HERE = "here"
    PATH = "path"


class NotAnExercise(KataError):
    """A path was given that belongs to no exercise, or to another than the one asked for."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path}: {reason}. Give a folder laid out like an exercise (its last two names are "
            f"CHAPTER/EXERCISE), a file in it, or the name of an exercise: `{command('list')}` names them."
        )


@dataclass(frozen=True, slots=True)
class Location:
    """The folder that holds the submission for an exercise, and a line to show with it ("" for none)."""

    exercise: str
    folder: Path
    where: Where
    note: str = ""


def locate(workspace: Workspace, catalog: Catalog, exercise: str, *, cwd: Path, path: Path | None = None) -> Location:
    """Decide which folder is the submission for `exercise`.

    A path given decides, then `cwd` if it lies in this exercise. Else the copy that was edited: the
    workspace's, or the one in `exercises/`; with neither edited, the workspace's if there is one.
    Raises NoSuchExercise, NotAnExercise, BothEdited.
    """
    if exercise not in catalog:
        raise NoSuchExercise(exercise)
    if path is not None:
        return _located_by_path(workspace, catalog, exercise, path, cwd)
    here = exercise_at(workspace, catalog, cwd)
    if here is not None and here.exercise == exercise:
        return here
    copy, handed_out = _two_folders(workspace, exercise)
    copy_edited, handed_out_edited = _edited(workspace, catalog[exercise], copy, handed_out)
    if copy_edited and handed_out_edited:
        raise BothEdited(exercise, copy, handed_out)
    if copy_edited or (copy.is_dir() and not handed_out_edited):
        return Location(exercise, copy, Where.WORKSPACE)
    if handed_out_edited:
        note = _edited_note(exercise)
    else:
        note = f"not started yet: `{command('start', exercise)}` copies it to the workspace"
    return Location(exercise, handed_out, Where.EXERCISES, note)


def exercise_at(workspace: Workspace, catalog: Catalog, cwd: Path) -> Location | None:
    """The exercise that the current directory lies in, if any. The hidden suites are nobody's work."""
    if _is_within(cwd, workspace.places.suites):
        return None
    return _place(workspace, catalog, cwd, Where.HERE)


def exercises_at(workspace: Workspace, catalog: Catalog, path: Path, *, cwd: Path) -> tuple[Location, ...]:
    """What a path given stands for: one exercise (its folder, or anything in it), or all that a folder holds
    which is laid out like the course or like a chapter. Raises NotAnExercise.
    """
    path = Path(os.path.abspath(cwd / path))  # noqa: PTH100 - links keep the names that were typed
    if not path.exists():
        raise NotAnExercise(path, "there is nothing")
    folder = path if path.is_dir() else path.parent
    one = _place(workspace, catalog, folder, Where.PATH)
    if one is not None:
        return (one,)
    below = _below(folder, catalog) if path.is_dir() else ()
    if not below:
        raise NotAnExercise(path, "belongs to no exercise")
    return below


def _located_by_path(workspace: Workspace, catalog: Catalog, exercise: str, path: Path, cwd: Path) -> Location:
    try:
        found = exercises_at(workspace, catalog, path, cwd=cwd)
    except NotAnExercise:
        # The exercise was named, so a folder called anything will do if it holds one of the files to judge.
        folder = cwd / path if (cwd / path).is_dir() else (cwd / path).parent
        named = any(kind_of(folder / name) is Kind.FILE for name in catalog[exercise].edit)
        if not (named and (cwd / path).exists()):
            raise
        return Location(exercise, folder, Where.PATH)
    for location in found:
        if location.exercise == exercise:
            return location
    others = found[0].exercise if len(found) == 1 else "other exercises"
    raise NotAnExercise(path, f"belongs to {others}, not to {exercise}")


def _place(workspace: Workspace, catalog: Catalog, folder: Path, where: Where) -> Location | None:
    """The one exercise that `folder` lies in: by CHAPTER/EXERCISE in its path, else by what it holds."""
    for parent in (folder, *folder.parents):
        exercise = f"{parent.parent.name}/{parent.name}"
        if exercise in catalog:
            chosen = _holding(catalog[exercise], parent, folder)
            return Location(exercise, chosen, where, _note(workspace, catalog[exercise], chosen))
    held = _recognised(workspace, catalog, folder)
    return Location(held, folder, where) if held else None


def _holding(exercise: ExerciseFiles, outer: Path, inner: Path) -> Path:
    """`outer`, unless only a folder between it and `inner` has the editable files (as in `accepted/ID/`)."""
    between = [parent for parent in (inner, *inner.parents) if parent.is_relative_to(outer)]
    for folder in (outer, *between):
        if all((folder / name).is_file() for name in exercise.edit):
            return folder
    return outer


def _recognised(workspace: Workspace, catalog: Catalog, folder: Path) -> str | None:
    """The only exercise whose editable files all lie in `folder`, one file at least being found in no other.

    Without the second condition, any project with a conftest.py would be taken for an exercise about that.
    """
    complete = [exercise for exercise in catalog.values() if all((folder / name).is_file() for name in exercise.edit)]
    if not complete:
        return None
    held_by = {key: {*item.edit, *workspace.manifest.paths(key)} for key, item in catalog.items()}
    certain = [
        exercise.id
        for exercise in complete
        if any((folder / name).is_file() for name in _names_of_its_own(exercise.id, held_by))
    ]
    return certain[0] if len(certain) == 1 else None


def _names_of_its_own(exercise: str, held_by: dict[str, set[str]]) -> set[str]:
    others: Iterable[set[str]] = (names for key, names in held_by.items() if key != exercise)
    # A README is in every project there is.
    return held_by[exercise].difference(*others) - {
        "README.md",
        "pytest.ini",
        "conftest.py",
        "pyproject.toml",
    }


def _below(folder: Path, catalog: Catalog) -> tuple[Location, ...]:
    """Exercises below a folder laid out like the course, or like one chapter of it."""
    found: list[Location] = []
    for exercise in sorted(catalog):
        chapter, _, name = exercise.partition("/")
        for place in (folder / chapter / name, folder / name if folder.name == chapter else None):
            if place is not None and place.is_dir():
                found.append(Location(exercise, place, Where.PATH))
                break
    return tuple(found)


def _two_folders(workspace: Workspace, exercise: str) -> tuple[Path, Path]:
    return workspace.exercise_folder(exercise), workspace.places.exercise_folder(exercise)


def _edited(workspace: Workspace, exercise: ExerciseFiles, copy: Path, handed_out: Path) -> tuple[bool, bool]:
    """Whether each folder holds work. The same work in both counts once, as the workspace's."""
    pristine = workspace.manifest.files(exercise.id)
    copy_edited = bool(edits(copy, exercise, pristine))
    handed_out_edited = bool(edits(handed_out, exercise, pristine))
    if copy_edited and handed_out_edited:
        one = read_submission(copy, exercise, pristine)
        handed_out_edited = not same_work(one, read_submission(handed_out, exercise, pristine))
    return copy_edited, handed_out_edited


def _note(workspace: Workspace, exercise: ExerciseFiles, folder: Path) -> str:
    """What to say when a path or the current directory chose `folder`."""
    copy, handed_out = _two_folders(workspace, exercise.id)
    if not _is_within(folder, handed_out):
        return ""
    copy_edited, handed_out_edited = _edited(workspace, exercise, copy, handed_out)
    if copy_edited and handed_out_edited:
        return f"edited in the workspace too, in {copy}: that copy is not looked at here"
    return _edited_note(exercise.id) if handed_out_edited else ""


def _edited_note(exercise: str) -> str:
    return f"edited in exercises/: `{command('start', exercise)}` moves it to the workspace, safe from updates"


def _is_within(folder: Path, outer: Path) -> bool:
    return folder.resolve().is_relative_to(outer.resolve())
