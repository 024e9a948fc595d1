"""The few things that this program does with files: look without following links, write whole, keep aside."""

from __future__ import annotations

import secrets
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from checker.errors import KataError

# Made by tools, never by people; no exercise has files in folders of these names, nor hidden ones.
MADE_BY_TOOLS = frozenset({"__pycache__", "node_modules", "htmlcov"})
_MOUNT_POINT = 0xA0000003  # Windows' own number for a directory junction.


class NotWritten(KataError):
    """A file of the user's could not be written or moved."""

    def __init__(self, path: Path, error: OSError) -> None:
        reason = error.strerror or str(error)
        super().__init__(f"{path}: could not be written ({reason}). Make room or permit it, then try again.")


class Kind(Enum):
    """What lies at a path, seen without following links."""

    FILE = "file"
    FOLDER = "folder"
    LINK = "link"
    OTHER = "other"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something found below a folder: its path relative to it, with forward slashes."""

    path: str
    kind: Kind


def kind_of(path: Path) -> Kind:
    """What lies at `path` itself. A path that cannot be looked at counts as OTHER."""
    try:
        found = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return Kind.NOTHING
    except OSError:
        return Kind.OTHER
    if stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", 0) == _MOUNT_POINT:
        return Kind.LINK
    if stat.S_ISDIR(found.st_mode):
        return Kind.FOLDER
    return Kind.FILE if stat.S_ISREG(found.st_mode) else Kind.OTHER


def walk(folder: Path, *, limit: int = 5_000) -> Iterator[Entry]:
    """Everything below `folder` that is not a real folder, in order of path; at most `limit` entries.

    Links are named, never followed. Hidden names, `*.pyc`, `*.bak` and what tools make are passed over.
    """
    seen = 0
    waiting = [""]
    entries: list[Entry] = []
    while waiting and seen < limit:
        below = waiting.pop()
        try:
            names = sorted(found.name for found in (folder / below).iterdir())
        except OSError:
            continue  # A folder that cannot be read holds nothing that could be taken.
        if below and "pyvenv.cfg" in names:
            continue  # A virtual environment: thousands of files, none of them someone's work.
        for name in names[: limit - seen]:
            seen += 1
            if name.startswith(".") or name in MADE_BY_TOOLS or name.endswith((".pyc", ".bak")):
                continue
            path = f"{below}/{name}" if below else name
            kind = kind_of(folder / path)
            if kind is Kind.FOLDER:
                waiting.append(path)
            else:
                entries.append(Entry(path, kind))
    yield from sorted(entries, key=lambda entry: entry.path)


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, making folders as needed: whoever looks sees the old file or the new one, whole.

    Raises NotWritten.
    """
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("xb") as file:
                file.write(data)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(path, error) from error


def write_new(path: Path, data: bytes) -> bool:
    """Put `data` at `path` unless something is there; tells whether it was written. Raises NotWritten."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("xb")
    except FileExistsError:
        return False
    except OSError as error:
        raise NotWritten(path, error) from error
    try:
        with file:
            file.write(data)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise NotWritten(path, error) from error
    return True


def keep_aside(path: Path) -> Path:
    """Rename `path` to `NAME.1.bak`, or the first free number; nothing is overwritten. Raises NotWritten."""
    number = 1
    while True:
        aside = path.with_name(f"{path.name}.{number}.bak")
        # Taking the name first: a rename would overwrite, and two resets at once must not share a number.
        if write_new(aside, b""):
            break
        number += 1
    try:
        path.replace(aside)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise NotWritten(aside, error) from error
    return aside


def remove(path: Path) -> None:
    """Take a file away if it is there. Raises NotWritten."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise NotWritten(path, error) from error


def lf(data: bytes) -> bytes:
    """The bytes with line ends as on Linux: a clone on Windows may hold CRLF, which is no edit."""
    return data.replace(b"\r\n", b"\n")
