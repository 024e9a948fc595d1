"""What learners handed in: one entry each, a folder or an archive, of which only known, small, regular files are taken.

Nothing is trusted: no link is followed, no name leaves its folder, and reading stops at limits of number and size.
Folder and file names as Moodle, Canvas and GitHub Classroom export them are recognised.
"""

from __future__ import annotations

import csv
import io
import re
import stat
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from ..errors import KataError
from ..files import Kind, kind_of, walk
from ..submission import FILE_LIMIT_BYTES, ExerciseFiles, Problem, ProblemKind, Submission, is_editable

MEMBERS_LIMIT = 20_000
TOTAL_LIMIT_B = 32 << 20
_ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
_MOODLE = re.compile(r"^(?P<name>.+?)_(?P<id>\d+)_assignsubmission_file_?$")
_CANVAS = re.compile(r"^(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d+)_\d+_")


class BadIntake(KataError):
    """The folder of submissions, or the roster, cannot be used."""


@dataclass(frozen=True, slots=True)
class Learner:
    """Who handed something in, as far as the name of the entry or the roster tells."""

    id: str
    name: str = ""
    email: str = ""
    section: str = ""
    submitted: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandedIn:
    """One learner's entry. `trouble`: why nothing of it, or not all of it, could be taken."""

    learner: Learner
    submissions: Mapping[str, Submission] = field(default_factory=dict)
    trouble: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Member:
    path: str
    data: bytes | None  # None: it is no regular file, or too large
    problem: Problem | None = None


def read_roster(path: Path) -> dict[str, Learner]:
    """A CSV file with a column `id`, and maybe `name`, `email`, `section` and `submitted`. Raises BadIntake."""
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BadIntake(f"{path}: cannot be read as a roster ({error}).") from error
    found: dict[str, Learner] = {}
    for number, row in enumerate(rows, 2):
        known = {
            (column or "").strip().lower().replace("-", ""): (value or "").strip()
            for column, value in row.items()
            if isinstance(value, str)
        }
        if not known.get("id"):
            raise BadIntake(f"{path}:{number}: has no id. A roster has the columns id, name, email, section.")
        if known["id"] in found:
            raise BadIntake(f"{path}:{number}: the id {known['id']} stands there twice.")
        name, email, section = (known.get(column, "") for column in ("name", "email", "section"))
        submitted = _time(known.get("submitted", ""), f"{path}:{number}")
        found[known["id"]] = Learner(known["id"], name, email, section, submitted)
    return found


def _time(text: str, where: str) -> datetime | None:
    """A time of handing in, with its offset from UTC; None where there is none. Raises BadIntake."""
    try:
        found = datetime.fromisoformat(text) if text else None
    except ValueError:
        found = datetime.min
    if found is not None and found.tzinfo is None:
        raise BadIntake(f"{where}: `submitted` is {text!a}. Write it as 2026-12-01T18:30:00+01:00.")
    return found


def read_class(
    folder: Path, exercises: Mapping[str, ExerciseFiles], roster: Mapping[str, Learner] | None = None
) -> list[HandedIn]:
    """All entries of a folder, in the order of their learners' ids; of the roster those, too, who handed nothing in.

    Raises BadIntake where there is no such folder, or where two entries are of one learner.
    """
    if not folder.is_dir():
        raise BadIntake(f"{folder}: no such folder. Name the folder that holds one entry a learner.")
    found: dict[str, HandedIn] = {}
    for entry in sorted(folder.iterdir()):
        if entry.name.startswith((".", "__MACOSX")) or entry.suffix.lower() in (".csv", ".txt", ".html"):
            continue
        learner = _learner(entry, roster or {})
        if learner.id in found:
            raise BadIntake(f"{entry}: a second entry of {learner.id}. Keep the one that counts.")
        found[learner.id] = _taken(entry, learner, exercises)
    for known in (roster or {}).values():
        found.setdefault(known.id, HandedIn(known))
    return [found[key] for key in sorted(found)]


def _learner(entry: Path, roster: Mapping[str, Learner]) -> Learner:
    """Who an entry is of: by the roster where it knows the name or a number in it, else by the name alone."""
    stem = entry.name
    for ending in _ARCHIVES:
        if stem.lower().endswith(ending):
            stem = stem[: -len(ending)]
            break
    exported = _MOODLE.match(stem) or _CANVAS.match(f"{stem}_")
    keys = [stem, exported["id"], exported["name"]] if exported else [stem]
    keys += [known for known in roster if stem.endswith(f"-{known}")]  # GitHub Classroom: assignment-user
    for key in keys:
        if key in roster:
            return roster[key]
    return Learner(exported["id"], exported["name"]) if exported else Learner(stem)


def _taken(entry: Path, learner: Learner, exercises: Mapping[str, ExerciseFiles]) -> HandedIn:
    """The editable files of one entry, by exercise."""
    files: dict[str, dict[str, bytes]] = {}
    problems: dict[str, list[Problem]] = {}
    trouble: list[str] = []
    try:
        for member in _members(entry):
            place = _place(member.path, exercises)
            if place is None:
                continue
            exercise, path = place
            if not is_editable(exercises[exercise], path):
                continue
            if member.problem is not None or member.data is None:
                problem = member.problem or Problem(ProblemKind.NOT_A_FILE, path, "it is not a regular file")
                problems.setdefault(exercise, []).append(replace(problem, path=path))
            elif path in files.setdefault(exercise, {}):
                trouble.append(f"{exercise}/{path} was handed in twice; the first one counts.")
            else:
                files[exercise][path] = member.data
    except _Refused as refused:
        return HandedIn(learner, {}, (str(refused),))
    submissions = {}
    for exercise in sorted({*files, *problems}):
        there = files.get(exercise, {})
        missing = [
            Problem(ProblemKind.MISSING, path, "the file is not there")
            for path in exercises[exercise].edit
            if path not in there and all(problem.path != path for problem in problems.get(exercise, ()))
        ]
        submissions[exercise] = Submission(exercise, there, (*problems.get(exercise, ()), *missing))
    return HandedIn(learner, submissions, tuple(trouble))


class _Refused(Exception):
    """Nothing of an entry is taken; the text says why."""


def _place(path: str, exercises: Mapping[str, ExerciseFiles]) -> tuple[str, str] | None:
    """The exercise that a member belongs to, and its path there; None if it belongs to none."""
    parts = PurePosixPath(path).parts
    for start in range(len(parts) - 2):
        exercise = f"{parts[start]}/{parts[start + 1]}"
        if exercise in exercises:
            return exercise, "/".join(parts[start + 2 :])
    return None


def _members(entry: Path) -> Iterator[_Member]:
    """What an entry holds; the members of an archive that lies alone in a folder, too. Raises _Refused."""
    match kind_of(entry):
        case Kind.LINK:
            raise _Refused("The entry is a link, and links are not followed.")
        case Kind.FOLDER:
            inside = [each for each in sorted(entry.iterdir()) if not each.name.startswith(".")]
            if len(inside) == 1 and inside[0].name.lower().endswith(_ARCHIVES) and kind_of(inside[0]) is Kind.FILE:
                yield from _archived(inside[0])
            else:
                yield from _in_folder(entry)
        case Kind.FILE if entry.name.lower().endswith(_ARCHIVES):
            yield from _archived(entry)
        case _:
            raise _Refused("The entry is neither a folder nor a .zip or .tar.gz.")


def _in_folder(folder: Path) -> Iterator[_Member]:
    total = 0
    for number, found in enumerate(walk(folder, limit=MEMBERS_LIMIT + 1)):
        if number >= MEMBERS_LIMIT:
            raise _Refused(f"It holds more than {MEMBERS_LIMIT} files.")
        place = folder / found.path
        if found.kind is not Kind.FILE:
            yield _Member(found.path, None, _linked(found.path) if found.kind is Kind.LINK else None)
            continue
        size = place.lstat().st_size
        if size > FILE_LIMIT_BYTES:
            yield _Member(found.path, None, _large(found.path))
            continue
        total += size
        if total > TOTAL_LIMIT_B:
            raise _Refused(f"It holds more than {TOTAL_LIMIT_B >> 20} MiB.")
        yield _Member(found.path, place.read_bytes())


def _archived(path: Path) -> Iterator[_Member]:
    try:
        yield from _zipped(path) if path.name.lower().endswith(".zip") else _tarred(path)
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _Refused(f"{path.name} cannot be read as an archive ({error}).") from error


def _zipped(path: Path) -> Iterator[_Member]:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if len(members) > MEMBERS_LIMIT:
            raise _Refused(f"It holds more than {MEMBERS_LIMIT} files.")
        total = 0
        for member in members:
            if member.is_dir():
                continue
            _check_name(member.filename)
            if stat.S_ISLNK(member.external_attr >> 16):
                yield _Member(member.filename, None, _linked(member.filename))
                continue
            with archive.open(member) as file:
                data = file.read(FILE_LIMIT_BYTES + 1)
            total += len(data)
            yield _sized(member.filename, data, total)


def _tarred(path: Path) -> Iterator[_Member]:
    with tarfile.open(path) as archive:
        total = 0
        for number, member in enumerate(archive):
            if number >= MEMBERS_LIMIT:
                raise _Refused(f"It holds more than {MEMBERS_LIMIT} files.")
            if member.isdir():
                continue
            _check_name(member.name)
            file = archive.extractfile(member) if member.isreg() else None
            if file is None:
                yield _Member(member.name, None, _linked(member.name))
                continue
            data = file.read(FILE_LIMIT_BYTES + 1)
            total += len(data)
            yield _sized(member.name, data, total)


def _sized(name: str, data: bytes, total: int) -> _Member:
    if total > TOTAL_LIMIT_B:
        raise _Refused(f"It unpacks to more than {TOTAL_LIMIT_B >> 20} MiB.")
    return _Member(name, None, _large(name)) if len(data) > FILE_LIMIT_BYTES else _Member(name, data)


def _check_name(name: str) -> None:
    """Raises _Refused for a name that would leave its folder."""
    if name.startswith(("/", "\\")) or ":" in name or ".." in PurePosixPath(name.replace("\\", "/")).parts:
        raise _Refused(f"It has a member named {name!a}, which would leave its folder.")


def _linked(path: str) -> Problem:
    return Problem(ProblemKind.LINK, path, "it is a link, and links are not followed")


def _large(path: str) -> Problem:
    return Problem(ProblemKind.TOO_LARGE, path, f"it is larger than {FILE_LIMIT_BYTES // 1024} KiB")
