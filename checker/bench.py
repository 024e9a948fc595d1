"""What a verdict costs: a cold `check` against one cold `pytest` run of the same solution, side by side in one run."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from .catalog import Exercise, load_solution
from .places import PACKAGE, Places

BEGIN, END = "<!-- kata bench: begin -->", "<!-- kata bench: end -->"


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians for one exercise, in seconds of wall time."""

    exercise: str
    trials: int
    verdict_s: float
    pytest_s: float

    @property
    def ratio(self) -> float:
        return self.verdict_s / self.pytest_s


def costs(places: Places, exercises: list[Exercise], rounds: int) -> Iterator[Cost]:
    """Measure each exercise `rounds` times, verdict and pytest in turn, after one uncounted round."""
    for exercise in exercises:
        with tempfile.TemporaryDirectory(prefix="kata-bench-") as folder:
            path = Path(folder, *exercise.id.split("/"))
            for name, text in {**exercise.given, **load_solution(places, exercise).files}.items():
                (path / name).parent.mkdir(parents=True, exist_ok=True)
                (path / name).write_bytes(text)
            verdicts, plain, trials = [], [], 0
            for number in range(rounds + 1):
                check_s, out = _timed([sys.executable, "-m", "checker", "check", "--json", str(path)], PACKAGE.parent)
                pytest_s, _ = _timed([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"], path)
                if number:
                    verdicts.append(check_s)
                    plain.append(pytest_s)
                    trials = int(json.loads(out)["trials"])
        yield Cost(exercise.id, trials, median(verdicts), median(plain))


def _timed(command: list[str], cwd: Path) -> tuple[float, str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTEST_ADDOPTS", "PYTHONDONTWRITEBYTECODE")}
    began = time.perf_counter()
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=environment, check=False)
    return time.perf_counter() - began, done.stdout


def table(measured: list[Cost], rounds: int) -> str:
    """The figures as a Markdown table, ratios first."""
    lines = [
        "| exercise | verdict ÷ pytest | trials | cold verdict, s | cold pytest, s |",
        "|---|---:|---:|---:|---:|",
        *(f"| {c.exercise} | {c.ratio:.1f} | {c.trials} | {c.verdict_s:.2f} | {c.pytest_s:.2f} |" for c in measured),
        "",
        f"Medians of {rounds} rounds, the two in turn; Python {platform.python_version()}, {platform.system()}, "
        f"{os.cpu_count()} cores. Made by `kata bench --write README.md`.",
    ]
    return "\n".join(lines)


def written_into(text: str, made: str) -> str:
    """`text` with the table between its two markers replaced. Raises ValueError when there are no markers."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n{made}\n{END}{tail}"
