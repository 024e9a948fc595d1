"""Kills everything between itself and the program."""

import os
import signal
from pathlib import Path


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_everything() -> None:
    above = [os.getppid()]
    while b"checker.engine.zygote" not in Path(f"/proc/{above[-1]}/cmdline").read_bytes() or is_zygotes(parent_of(above[-1])):
        above.append(parent_of(above[-1]))
    for pid in reversed(above):
        os.kill(pid, signal.SIGKILL)


def is_zygotes(pid: int) -> bool:
    return b"checker.engine.zygote" in Path(f"/proc/{pid}/cmdline").read_bytes()
