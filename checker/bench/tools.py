"""A trial of ours against a mutant of the mutation testing tools, on the same module and the same tests.

Each tool makes its own mutants, so what is compared is the time for one. They are installed into a scratch environment.
"""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from ..catalog import Exercise, Suite
from ..errors import KataError
from ..judging import judge_folder
from ..places import Places
from ..suite import load_solution, load_suite
from .lay import lay_out, timed

OURS = "kata"
_DISTRIBUTION = "async-test-kata"
_CORES = os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class ToolCost:
    """One tool on one exercise: seconds of wall time for all its mutants (for us: all trials of a verdict)."""

    tool: str
    exercise: str
    mutants: int
    wall_s: float

    @property
    def each_ms(self) -> float:
        return 1000 * self.wall_s / self.mutants


class ToolFailed(KataError):
    """A tool could not be installed, or said nothing that we understand."""


def tool_costs(places: Places, exercises: list[Exercise]) -> Iterator[ToolCost]:
    """Every tool on every exercise that has one module under test, ours first. Raises ToolFailed."""
    with tempfile.TemporaryDirectory(prefix="kata-bench-") as scratch:
        python = _install(Path(scratch) / "environment")
        for exercise in exercises:
            suite, solution = load_suite(places, exercise), load_solution(places, exercise)
            modules = [path for path in suite.implementation if path in exercise.given]
            if len(modules) != 1:
                continue
            folder = lay_out(Path(scratch, OURS), exercise, solution.files)
            yield _ours(exercise, suite.without_held(), folder)
            for tool, measure in _TOOLS.items():
                folder = lay_out(Path(scratch, tool), exercise, solution.files)
                mutants, wall_s = measure(python, folder, modules[0])
                yield ToolCost(tool, exercise.id, mutants, wall_s)


def _install(folder: Path) -> Path:
    """An environment with the tools, and with what the exercises import in the versions of this one."""
    ours = [line for line in metadata.requires(_DISTRIBUTION) or () if ";" not in line]
    names = [re.split(r"[<>=!~ ]", line)[0] for line in ours]
    wanted = [f"{name}=={metadata.version(name.partition('[')[0])}" for name in names]
    tools = ["mutmut==3.8.1", "cosmic-ray==8.7", "pytest-gremlins==1.12"]
    python = folder / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", *tools, *wanted],
    ):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ToolFailed(f"The tools could not be installed: {done.stderr.strip()[-400:]}. Look at the network.")
    return python


def _ours(exercise: Exercise, suite: Suite, folder: Path) -> ToolCost:
    verdict = asyncio.run(judge_folder(exercise, suite, folder)).verdict
    return ToolCost(OURS, exercise.id, verdict.trials, verdict.duration_s)


def _mutmut(python: Path, folder: Path, module: str) -> tuple[int, float]:
    copied = "".join(f"\n    {path.name}" for path in folder.iterdir() if path.suffix in (".ini", ".py"))
    (folder / "setup.cfg").write_text(f"[mutmut]\nsource_paths={module}\nalso_copy={copied}\n")
    command = [str(python.with_name("mutmut")), "run", "--max-children", str(_CORES)]
    wall_s, told = timed(command, folder)
    return _last(told, r"(\d+)/\d+", "mutmut"), wall_s


def _cosmic_ray(python: Path, folder: Path, module: str) -> tuple[int, float]:
    test = f"{python} -m pytest -x -q -p no:cacheprovider"
    (folder / "cosmic.toml").write_text(
        f'[cosmic-ray]\nmodule-path = "{module}"\ntimeout = 20.0\nexcluded-modules = []\n'
        f'test-command = "{test}"\n[cosmic-ray.distributor]\nname = "local"\n'
    )
    program = str(python.with_name("cosmic-ray"))
    first_s, _ = timed([program, "init", "cosmic.toml", "session.sqlite"], folder)
    wall_s, _ = timed([program, "exec", "cosmic.toml", "session.sqlite"], folder)
    _, told = timed([str(python.with_name("cr-report")), "session.sqlite"], folder)
    return _last(told, r"total jobs: (\d+)", "cosmic-ray"), first_s + wall_s


def _gremlins(python: Path, folder: Path, module: str) -> tuple[int, float]:
    command = [str(python), "-m", "pytest", "-q", "--gremlins", f"--gremlin-targets={module}"]
    wall_s, told = timed([*command, f"--gremlin-workers={_CORES}"], folder)
    caught = _last(told, r"Zapped: (\d+)", "pytest-gremlins")
    return caught + _last(told, r"Survived: (\d+)", "pytest-gremlins"), wall_s


_TOOLS: dict[str, Callable[[Path, Path, str], tuple[int, float]]] = {
    "mutmut": _mutmut,
    "cosmic-ray": _cosmic_ray,
    "pytest-gremlins": _gremlins,
}


def _last(told: str, pattern: str, tool: str) -> int:
    found = re.findall(pattern, told)
    if not found:
        raise ToolFailed(f"{tool} told no number of mutants: {told.strip()[-400:]}")
    return int(found[-1])
