"""How long it takes from a save until the verdict stands on the screen, in watch mode, in a real terminal."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from ..catalog import Exercise
from ..places import Places
from ..suite import load_solution
from .lay import lay_out, timed
from .terminal import Terminal, plain, saved, terminal

LIMIT_S = 120.0


@dataclass(frozen=True, slots=True)
class ScreenCost:
    """Medians for one exercise, in seconds: from a save to the verdict, and one cold pytest run of the same file."""

    exercise: str
    screen_s: float
    pytest_s: float

    @property
    def ratio(self) -> float:
        return self.screen_s / self.pytest_s


def screen_costs(places: Places, exercises: Iterable[Exercise], rounds: int) -> Iterator[ScreenCost]:
    """Save each exercise's solution `rounds` times, each time with another comment; pytest runs in between."""
    for exercise in exercises:
        with tempfile.TemporaryDirectory(prefix="kata-bench-") as folder:
            workspace = Path(folder) / "workspace"
            laid = lay_out(workspace, exercise, load_solution(places, exercise).files)
            yield _screen_cost(exercise, workspace, laid, rounds)


def _screen_cost(exercise: Exercise, workspace: Path, laid: Path, rounds: int) -> ScreenCost:
    file = laid / exercise.edit[0]
    text = file.read_bytes()
    watch = [sys.executable, "-m", "checker", "--workspace", str(workspace), "watch", exercise.id]
    plain_run = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    figures: list[tuple[float, float]] = []
    with terminal(watch, Path(__file__).parents[2], known) as opened:
        _wait_for_verdict(opened, 0)
        for number in range(rounds + 1):
            mark = len(opened.written)
            began = time.perf_counter()
            saved(file, text + f"# {number}\n".encode())
            _wait_for_verdict(opened, mark)
            taken = time.perf_counter() - began
            figures.append((taken, timed(plain_run, laid)[0]))
        opened.press("q")
        opened.ends()
    screen_s, pytest_s = (median(column) for column in zip(*figures[1:], strict=True))
    return ScreenCost(exercise.id, screen_s, pytest_s)


def _wait_for_verdict(opened: Terminal, mark: int) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not any(word in plain(opened.written[mark:]) for word in ("ACCEPTED", "REJECTED", "INCONCLUSIVE")):
        if not opened.read(deadline):
            raise TimeoutError(f"no verdict within {LIMIT_S:.0f} s:\n{opened.page}")
