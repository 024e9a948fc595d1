"""Runs the real command line in a process of its own, on a copy of the tiny course."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.tests.workers import BOX, GREETING, SETTINGS, TINY

ROOT = Path(__file__).resolve().parents[2]
LIMIT_S = 90.0
# Only for suites that hang on purpose: the same program, with less patience.
IMPATIENT = """
import functools, sys
import checker.experiment, checker.judging
from checker.cli.main import run
checker.experiment.LEAST_DEADLINE_S = 2.0
checker.judging.Experiment = functools.partial(checker.experiment.Experiment, deadline_s=1.0)
sys.argv[0] = "kata"
run()
"""
FULL_DISK = """
import errno, sys
from checker.engine import runner
from checker.cli.main import run
def full(path, data):
    raise OSError(errno.ENOSPC, "No space left on device")
runner.write = full
sys.argv[0] = "kata"
run()
"""
FILES = {GREETING: "test_tiny_greeting.py", BOX: "conftest.py", SETTINGS: "pytest.ini"}


@dataclass(frozen=True, slots=True)
class Done:
    """What became of one call."""

    status: int
    out: str
    err: str

    @property
    def verdict(self) -> dict[str, Any]:
        """The one JSON object on standard output."""
        (line,) = self.out.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found

    @property
    def codes(self) -> set[str]:
        """Codes of the findings that block."""
        return {found["code"] for found in self.verdict["findings"] if found["severity"] == "blocks"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A course, a workspace and a folder for temporary files, all in one folder of a test's own."""

    folder: Path

    @property
    def course(self) -> Path:
        return self.folder / "course"

    @property
    def workspace(self) -> Path:
        return self.folder / "work"

    @property
    def temporary(self) -> Path:
        return self.folder / "tmp"

    def file(self, exercise: str = GREETING) -> Path:
        """The file to edit of someone who has started the exercise."""
        return self.workspace / exercise / FILES[exercise]

    def started(self, exercise: str = GREETING, text: str | bytes | None = None, *, among: str = "") -> Path:
        """An exercise in the workspace, with `text` in the file to edit; the solution, unless something is given.

        `among` names a folder of the workspace, for several submissions of one exercise.
        """
        target = self.workspace / among / exercise
        shutil.copytree(self.course / "exercises" / exercise, target, ignore=shutil.ignore_patterns("exercise.toml"))
        if text is None:
            text = (self.course / "solutions" / exercise / FILES[exercise]).read_bytes()
        (target / FILES[exercise]).write_bytes(text.encode() if isinstance(text, str) else text)
        return target

    @property
    def environment(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("KATA", "PYTEST", "PYTHON", "UV_RUN"))}
        return kept | {
            "KATA_COURSE": str(self.course),
            "KATA_WORKSPACE": str(self.workspace),
            "KATA_INVOCATION": "kata",
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.temporary),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
        }

    def start(self, *arguments: str, program: str = "", **options: Any) -> subprocess.Popen[str]:
        """Start `kata ARGUMENTS` (or another program) without waiting for it."""
        command = [sys.executable, "-c", program] if program else [sys.executable, "-m", "checker"]
        settings: dict[str, Any] = {
            "cwd": self.folder,
            "env": self.environment,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
        }
        return subprocess.Popen([*command, *arguments], **(settings | options))

    def run(self, *arguments: str, program: str = "", **options: Any) -> Done:
        """Run `kata ARGUMENTS` to its end."""
        with self.start(*arguments, program=program, **options) as process:
            try:
                out, err = process.communicate(timeout=LIMIT_S)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Done(process.returncode, out, err)

    def snapshot(self) -> dict[str, tuple[bytes, int]]:
        """Every file of the learner's, with its text and its time."""
        found = {}
        for path in sorted(self.workspace.rglob("*")):
            if path.is_file() and not path.is_symlink() and ".kata" not in str(path.relative_to(self.workspace)):
                found[str(path)] = (path.read_bytes(), path.stat().st_mtime_ns)
        return found


def make_desk(folder: Path) -> Desk:
    """A desk with a fresh copy of the tiny course."""
    desk = Desk(folder)
    shutil.copytree(TINY, desk.course, ignore=shutil.ignore_patterns("__pycache__"))
    desk.workspace.mkdir()
    desk.temporary.mkdir()
    return desk
