"""Leaves processes behind that have detached themselves, twice over."""

import os
import subprocess
import sys
from pathlib import Path

STATE = Path("@STATE@")
LONG = "import os, time; os.setsid() if os.getpgid(0) != os.getpid() else None; time.sleep(600)"


def note(pid: int) -> None:
    with STATE.open("a") as file:
        file.write(f"{pid}\n")


def test_everything() -> None:
    note(subprocess.Popen([sys.executable, "-c", LONG], start_new_session=True).pid)
    if os.fork() == 0:
        os.closerange(3, 256)
        os.setsid()
        note(os.getpid())
        if os.fork() == 0:
            os.setsid()
            note(os.getpid())
            subprocess.run([sys.executable, "-c", LONG])
        else:
            subprocess.run([sys.executable, "-c", LONG])
        os._exit(0)
