"""How much a trial may write: one file is limited by the system, all of them together by who runs the trials."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

LIMIT_B = 256 << 20
MOST = 8  # limits: what is deleted while it is open takes room, and is seen in no folder


class Disk:
    """The disk that a folder lies on, looked at from a trial's beginning."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.free = shutil.disk_usage(folder).free

    def is_flooded(self) -> bool:
        """True when the folder holds more than the limit. It is counted only when so much is gone from the disk."""
        gone = self.free - shutil.disk_usage(self.folder).free
        return gone > LIMIT_B and (gone > MOST * LIMIT_B or _held(self.folder) > LIMIT_B)


def _held(folder: Path) -> int:
    """What the files below a folder take, in bytes, as far as they can be seen."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).lstat().st_size
            except OSError:
                continue
    return total
