"""What is measured: a submission laid out as a folder, and the time and processor time of a command in it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from ..catalog import Exercise, Files


def lay_out(folder: Path, exercise: Exercise, files: Files) -> Path:
    """Write the given files and a submission's; returns their folder, named like the exercise."""
    path = folder.joinpath(*exercise.id.split("/"))
    for name, text in {**exercise.given, **files}.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(text)
    return path


def timed(command: Sequence[str], cwd: Path) -> tuple[float, str]:
    """Run a command; returns its wall time in seconds, and what it printed. Bytecode is cached, as anywhere."""
    unwanted = ("PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")
    environment = {name: value for name, value in os.environ.items() if name not in unwanted}
    began = time.perf_counter()
    done = subprocess.run(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, check=False
    )
    return time.perf_counter() - began, done.stdout
