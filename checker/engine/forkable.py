"""Whether forks of a process would be on their own. Where there is no `/proc`, its threads alone are counted."""

from __future__ import annotations

import threading
from collections.abc import Set
from pathlib import Path

_PROCESS = Path("/proc/self")


def is_forkable(descriptors: Set[str]) -> bool:
    """True when this process has one thread, for a fork copies only the thread that forks, and holds nothing that its
    forks would share with each other: no descriptor beside `descriptors`, no shared memory.
    """
    if not _PROCESS.is_dir():
        return threading.active_count() == 1
    return len(list((_PROCESS / "task").iterdir())) == 1 and open_descriptors() <= descriptors and not _shares_memory()


def open_descriptors() -> Set[str]:
    """The numbers of this process's descriptors."""
    folder = _PROCESS / "fd"
    return {link.name for link in list(folder.iterdir()) if link.exists()} if folder.is_dir() else set()


def _shares_memory() -> bool:
    permissions = (line.split(b" ", 2)[1] for line in (_PROCESS / "maps").read_bytes().splitlines())
    return any(each.startswith(b"rw") and each.endswith(b"s") for each in permissions)
