"""Whether forks of a process would be on their own. Where there is no `/proc`, only threads and files are counted."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Set
from pathlib import Path

_PROCESS = Path("/proc/self")


def is_forkable(before: Set[str]) -> bool:
    """True when this process has one thread, for a fork copies only the thread that forks, and holds nothing that its
    forks would share with each other: no descriptor and no file beside those of `before`, no shared memory.
    """
    if not held() <= before:
        return False
    if not _PROCESS.is_dir():
        return threading.active_count() == 1
    return len(list((_PROCESS / "task").iterdir())) == 1 and not _shares_memory()


def held() -> Set[str]:
    """The numbers of this process's descriptors, and what lies in its directory and among its temporary files."""
    folder = _PROCESS / "fd"
    found = {link.name for link in list(folder.iterdir()) if link.exists()} if folder.is_dir() else set()
    for place in (Path.cwd(), Path(tempfile.gettempdir())):
        found.update(map(str, place.rglob("*")))
    return found


def _shares_memory() -> bool:
    permissions = (line.split(b" ", 2)[1] for line in (_PROCESS / "maps").read_bytes().splitlines())
    return any(each.startswith(b"rw") and each.endswith(b"s") for each in permissions)
