"""A submission: the editable files of one exercise, taken from a folder that nobody vouches for."""

from __future__ import annotations

import ast
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Protocol

from checker.files import Entry, Kind, kind_of, lf, walk

FILE_LIMIT_BYTES = 256 * 1024
FILES_LIMIT = 200
NOT_HANDED_OUT = frozenset({"exercise.toml"})
"""Files of an exercise that only the program reads: neither given to the learner nor missed."""
_LOOKS_LIKE_WORK = ("*.py", "*.ini", "*.toml", "*.cfg")


class ExerciseFiles(Protocol):
    """What the workspace needs to know of an exercise."""

    @property
    def id(self) -> str:
        """CHAPTER/EXERCISE, as its folders are named."""

    @property
    def edit(self) -> tuple[str, ...]:
        """The learner's files, all required."""

    @property
    def optional(self) -> tuple[str, ...]:
        """The learner's files that may be absent or added: paths, or globs such as `tests/**/*.py`."""


class ProblemKind(Enum):
    """Why a file could not be taken."""

    MISSING = "missing"
    LINK = "link"
    NOT_A_FILE = "not-a-file"
    TOO_LARGE = "too-large"
    TOO_MANY = "too-many"
    UNREADABLE = "unreadable"
    NOT_TEXT = "not-text"
    UNSAFE_PATH = "unsafe-path"


@dataclass(frozen=True, slots=True)
class Problem:
    """One file that could not be taken: its path in the exercise, and the reason as a clause."""

    kind: ProblemKind
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Submission:
    """The editable files of one exercise as someone left them; nothing else of theirs is ever run."""

    exercise: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...] = ()
    edited_given: tuple[str, ...] = ()
    """Given files that differ from what was handed out. The edit is ignored."""
    ignored: tuple[str, ...] = ()
    """Files that look like work but are neither given nor editable. They are not taken."""


def read_submission(
    folder: Path, exercise: ExerciseFiles, pristine: Mapping[str, bytes], *, within: Path | None = None
) -> Submission:
    """Take the editable files from `folder`, laid out like the exercise. Never raises for what lies there.

    `within` is the outermost folder that is trusted (a class's submissions): no folder between it and a file
    may be a link. It defaults to `folder`.
    """
    trusted = within or folder
    prefix = folder.relative_to(trusted).parts
    entries = tuple(walk(folder)) if _way_is_clear(trusted, prefix) else ()
    wanted = [*exercise.edit, *_optional_among(entries, exercise)]
    problems: list[Problem] = []
    if len(wanted) > FILES_LIMIT:
        detail = f"there are {len(wanted)} editable files; {FILES_LIMIT} is the limit"
        problems.append(Problem(ProblemKind.TOO_MANY, wanted[FILES_LIMIT], detail))
    files: dict[str, bytes] = {}
    for path in wanted[:FILES_LIMIT]:
        match _read(trusted, prefix, path):
            case Problem() as problem:
                problems.append(problem)
            case data:
                files[path] = data
    return Submission(
        exercise=exercise.id,
        files=files,
        problems=tuple(problems),
        edited_given=tuple(
            path
            for path in given_files(exercise, pristine)
            if kind_of(folder / path) is not Kind.NOTHING and not has_text(folder / path, pristine[path])
        ),
        ignored=tuple(
            entry.path
            for entry in entries
            if entry.path not in pristine
            and not is_editable(exercise, entry.path)
            and any(fnmatchcase(entry.path.rpartition("/")[2], glob) for glob in _LOOKS_LIKE_WORK)
            and entry.path not in NOT_HANDED_OUT
        ),
    )


def parsed(text: bytes) -> ast.Module | None:
    """The syntax tree of a submission's file; None where Python cannot make one."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):  # the last two: nested too deeply
        return None


def is_editable(exercise: ExerciseFiles, path: str) -> bool:
    """Whether `path` (in the exercise, forward slashes) is the learner's to change."""
    return path in exercise.edit or any(_matches(path, glob) for glob in exercise.optional)


def given_files(exercise: ExerciseFiles, pristine: Iterable[str]) -> tuple[str, ...]:
    """The handed-out files that are not the learner's to change."""
    return tuple(path for path in pristine if path not in NOT_HANDED_OUT and not is_editable(exercise, path))


def edits(folder: Path, exercise: ExerciseFiles, pristine: Mapping[str, bytes]) -> tuple[str, ...]:
    """The editable files of `folder` that are someone's work: changed, added, or (if optional) removed.

    A required file that is absent is no work, and no folder at all is none either.
    """
    if not folder.is_dir():
        return ()
    there = [path for path in exercise.edit if kind_of(folder / path) is not Kind.NOTHING]
    there += _optional_among(walk(folder), exercise)
    changed = [path for path in there if path not in pristine or not has_text(folder / path, pristine[path])]
    given = given_files(exercise, pristine)
    removed = [path for path in pristine if path not in (*there, *given, *exercise.edit, *NOT_HANDED_OUT)]
    return (*changed, *removed)


def _optional_among(entries: Iterable[Entry], exercise: ExerciseFiles) -> list[str]:
    """Paths that `optional` allows and that are there; links to folders that may hold such are among them."""
    return [
        entry.path
        for entry in entries
        if entry.path not in exercise.edit
        and any(
            _matches(entry.path, glob) or (entry.kind is Kind.LINK and _may_hold(entry.path, glob))
            for glob in exercise.optional
        )
    ]


def _matches(path: str, glob: str) -> bool:
    """Whether a path fits a glob in which `**` stands for any number of folders, none included."""
    return _fits(path.split("/"), glob.split("/"))


def _fits(parts: Sequence[str], globs: Sequence[str]) -> bool:
    if not globs:
        return not parts
    if globs[0] == "**":
        return _fits(parts, globs[1:]) or (bool(parts) and _fits(parts[1:], globs))
    return bool(parts) and fnmatchcase(parts[0], globs[0]) and _fits(parts[1:], globs[1:])


def _may_hold(folder: str, glob: str) -> bool:
    """Whether something below `folder` could fit the glob."""
    parts, globs = folder.split("/"), glob.split("/")
    if "**" in globs[: len(parts)]:
        fixed = globs.index("**")
        return _fits(parts[:fixed], globs[:fixed])
    return len(globs) > len(parts) and _fits(parts, globs[: len(parts)])


def _way_is_clear(trusted: Path, parts: Sequence[str]) -> bool:
    return all(kind_of(trusted.joinpath(*parts[: n + 1])) is Kind.FOLDER for n in range(len(parts)))


def _read(trusted: Path, prefix: Sequence[str], path: str) -> bytes | Problem:
    """The bytes of one editable file, or why they are not taken."""
    if not _is_safe(path):
        detail = "the path leaves the exercise or is not portable"
        return Problem(ProblemKind.UNSAFE_PATH, ascii(path)[1:-1], detail)
    parts = (*prefix, *path.split("/"))
    place = trusted
    for part in parts[:-1]:
        place /= part
        match kind_of(place):
            case Kind.FOLDER:
                pass
            case Kind.NOTHING:
                return Problem(ProblemKind.MISSING, path, "the file is not there")
            case Kind.LINK:
                return Problem(ProblemKind.LINK, path, f"{part}/ is a link, and links are not followed")
            case Kind.FILE | Kind.OTHER:
                return Problem(ProblemKind.NOT_A_FILE, path, f"{part} is not a folder")
    place /= parts[-1]
    match kind_of(place):
        case Kind.FILE:
            return _read_file(place, path)
        case Kind.NOTHING:
            return Problem(ProblemKind.MISSING, path, "the file is not there")
        case Kind.LINK:
            return Problem(ProblemKind.LINK, path, "it is a link, and links are not followed")
        case Kind.FOLDER | Kind.OTHER:
            return Problem(ProblemKind.NOT_A_FILE, path, "it is not a regular file")


def _read_file(place: Path, path: str) -> bytes | Problem:
    # What was a file a moment ago may be a link or a pipe now: refuse the one, never wait on the other.
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    try:
        with os.fdopen(os.open(place, flags), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return Problem(ProblemKind.NOT_A_FILE, path, "it is not a regular file")
            data = file.read(FILE_LIMIT_BYTES + 1)
    except OSError as error:
        return Problem(ProblemKind.UNREADABLE, path, f"it cannot be read ({error.strerror or error})")
    if len(data) > FILE_LIMIT_BYTES:
        return Problem(ProblemKind.TOO_LARGE, path, f"it is larger than {FILE_LIMIT_BYTES // 1024} KiB")
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(ProblemKind.NOT_TEXT, path, f"line {line} is not UTF-8 text")
    return data


def _is_safe(path: str) -> bool:
    """Relative, without `..`, and with names that every system reads alike."""
    if not path.isprintable() or any(mark in path for mark in '\\:*?"<>|'):
        return False
    return all(part not in ("", ".", "..") for part in path.split("/"))


def has_text(path: Path, text: bytes) -> bool:
    """Whether a regular file with this text, line ends apart, lies at `path`."""
    if kind_of(path) is not Kind.FILE:
        return False
    found = _read_file(path, path.name)
    return isinstance(found, bytes) and lf(found) == lf(text)
