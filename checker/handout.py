"""The course as a class gets it: without solutions, held bugs, samples, tests of the program, and answers in notebooks.

Planted bugs are in it, packed: practice needs them. What is taken is what was recorded as handed out, whatever lies on
the disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import last
from .catalog import Exercise
from .errors import KataError
from .files import write_new
from .lessons import learners_copy, lessons
from .manifest import Manifest
from .places import PACKAGE, Places
from .suite import PACKED_FILE, packed, suite_folder

_AT_THE_TOP = ("LICENSE", "README.md")
_LEFT_OUT = ("suites", "course", "tests", "__pycache__")  # of the program's own folder
_WORKSPACE = "/workspace/\n"  # ignored in a clone of the course; in a class's repository it is what is handed in
_SOLUTIONS = '"solutions" = "checker/course/solutions"\n'


class NotPacked(KataError):
    """There is nothing to pack, or no place to pack it to."""


@dataclass(frozen=True, slots=True)
class Handout:
    """What was written: how many files, how many exercises."""

    folder: Path
    files: int
    exercises: int


def write_handout(places: Places, manifest: Manifest, exercises: dict[str, Exercise], target: Path) -> Handout:
    """Write the hand-out into a new or empty folder. Raises NotPacked, NotWritten."""
    if places.root is None or not places.solutions.is_dir():
        raise NotPacked("Packing needs a clone of the whole course; this is an installed or handed-out one.")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise NotPacked(f"{target}: is there already, and nothing is overwritten. Name a new folder.")
    number = 0
    for path, data in _files(places, places.root, manifest, exercises):
        write_new(target / path, data)
        number += 1
    return Handout(target, number, len(exercises))


def _files(
    places: Places, root: Path, manifest: Manifest, exercises: dict[str, Exercise]
) -> Iterator[tuple[str, bytes]]:
    """Path and text of every file that is handed out."""
    for name in _AT_THE_TOP:
        if (root / name).is_file():
            yield name, (root / name).read_bytes()
    ignored = (root / ".gitignore").read_text(encoding="utf-8")
    yield ".gitignore", ignored.replace(_WORKSPACE, f"{_WORKSPACE.strip()}{last.FOLDER}/\n").encode()
    yield "pyproject.toml", (root / "pyproject.toml").read_text(encoding="utf-8").replace(_SOLUTIONS, "").encode()
    for path in sorted(PACKAGE.rglob("*")):
        parts = path.relative_to(PACKAGE).parts
        if path.is_file() and parts[0] not in _LEFT_OUT and "__pycache__" not in parts:
            yield "/".join(("checker", *parts)), path.read_bytes()
    for page in sorted(places.exercises.glob("*/README.md")):
        yield f"exercises/{page.parent.name}/README.md", page.read_bytes()
    for exercise in exercises:
        for name, data in manifest.files(exercise).items():
            yield f"exercises/{exercise}/{name}", data
        yield f"checker/suites/{exercise}/{PACKED_FILE}", packed(suite_folder(places, exercise), exercise)
    for lesson in lessons(places):
        yield f"notebooks/{lesson.name}", learners_copy(lesson.read_text(encoding="utf-8")).encode()
