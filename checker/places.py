"""Where the course lies on this machine: in a clone, inside an installed wheel, or in a folder of its own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from checker.errors import KataError

COURSE_VARIABLE = "KATA_COURSE"
PACKAGE = Path(__file__).resolve().parent


class CourseNotFound(KataError):
    """There is no course where one should lie."""

    def __init__(self, folder: Path, advice: str) -> None:
        super().__init__(f"{folder}: no folder exercises/ here, so there is no course. {advice}")


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one course. `solutions` need not exist: a course handed out to a class has none."""

    exercises: Path
    solutions: Path
    suites: Path
    root: Path | None
    """The clone; None for an installed wheel and for a course given by KATA_COURSE."""

    @property
    def manifest(self) -> Path:
        """The hashes of the files as handed out (see `checker.manifest`); need not exist."""
        return self.suites.parent / "manifest.json"

    @property
    def pristine_store(self) -> Path:
        """The texts of the files as handed out (see `checker.manifest`); need not exist."""
        return self.suites.parent / "pristine.json.gz"

    def exercise_folder(self, exercise: str) -> Path:
        """Where the exercise was handed out: its folder in `exercises/`."""
        return self.exercises.joinpath(*exercise.split("/"))


def find_places(course: Path | None = None, *, environ: Mapping[str, str] | None = None) -> Places:
    """Find the course: the folder given, else KATA_COURSE, else the one that came with this package.

    A folder given holds exercises/, and may hold solutions/ and suites/.
    Raises CourseNotFound where there is no exercises/.
    """
    named = (os.environ if environ is None else environ).get(COURSE_VARIABLE, "")
    if course is not None:
        return _in_folder(course, "Give a folder that holds exercises/ and suites/.")
    if named:
        return _in_folder(Path(named), f"Correct or unset {COURSE_VARIABLE}.")
    return _beside(PACKAGE)


def _in_folder(folder: Path, advice: str) -> Places:
    folder = folder.absolute()
    if not (folder / "exercises").is_dir():
        raise CourseNotFound(folder, advice)
    return Places(folder / "exercises", folder / "solutions", folder / "suites", root=None)


def _beside(package: Path) -> Places:
    """The course that came with `package`: inside it if installed from a wheel, beside it in a clone."""
    installed = package / "course"
    if (installed / "exercises").is_dir():
        return Places(installed / "exercises", installed / "solutions", package / "suites", root=None)
    clone = package.parent
    if not (clone / "exercises").is_dir():
        raise CourseNotFound(clone, "Install or clone the course again.")
    return Places(clone / "exercises", clone / "solutions", package / "suites", root=clone)
