"""What the workshop needs of a machine, and whether it is there."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

from .errors import KataError
from .manifest import manifest_problems
from .places import find_places

_PACKAGES = ("pytest", "pytest-asyncio", "fastapi", "httpx", "sqlalchemy", "aiosqlite", "anyio", "respx", "hypothesis")
_FREE_B = 200 << 20


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing looked at."""

    good: bool
    what: str
    advice: str = ""


def examine() -> Iterator[Examined]:
    """Look at everything, in the order in which it would fail."""
    version = ".".join(map(str, sys.version_info[:3]))
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Examined(good, f"Python {version}", "" if good else "Use Python 3.11, 3.12 or 3.13.")
    for name in _PACKAGES:
        try:
            yield Examined(True, f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield Examined(False, f"{name} is not installed", "Install the project again.")
    yield _course()
    yield _disk()
    if hasattr(os, "fork"):
        yield Examined(True, "workers are forked")
    else:
        yield Examined(True, "no fork on this system: every trial is a new process, which takes longer")
    sandbox = shutil.which("bwrap")
    what = "bubblewrap is installed" if sandbox else "no bubblewrap (only `grade` will need a sandbox)"
    yield Examined(True, what)


def _course() -> Examined:
    try:
        places = find_places()
        edited = manifest_problems(places)
    except KataError as error:
        return Examined(False, str(error))
    if edited:
        return Examined(
            True, f"the course at {places.exercises} has {len(edited)} edited files; they are judged as your work"
        )
    return Examined(True, f"the course at {places.exercises} is as it was handed out")


def _disk() -> Examined:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < _FREE_B:
        return Examined(False, f"only {free >> 20} MiB free in {folder}", "Free some space, or point TMPDIR elsewhere.")
    return Examined(True, f"{free >> 20} MiB free in {folder}")
