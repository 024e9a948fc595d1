"""Runs a cell in a process of its own, in a folder laid out like an exercise, for a limited time."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..engine.start import CI_VARIABLES
from ..places import PACKAGE

LIMIT_S = 30.0
_INI = b"""[pytest]
asyncio_mode = strict
asyncio_default_fixture_loop_scope = function
asyncio_default_test_loop_scope = function
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process said, and its exit code; None if it was stopped at its limit."""

    out: str
    err: str
    status: int | None


@contextlib.contextmanager
def laid(files: Mapping[str, bytes], name: str = "cell") -> Iterator[Path]:
    """A folder of that name with these files, for a while; with a `pytest.ini` in strict mode if it has none."""
    with tempfile.TemporaryDirectory(prefix="kata-cell-") as outer:
        folder = Path(outer, *name.split("/"))
        for path, text in {"pytest.ini": _INI, **files}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text)
        yield folder


def run(module: str, arguments: Sequence[str], folder: Path, limit_s: float = LIMIT_S) -> Ran:
    """Run `python -m MODULE ARGUMENTS` in a folder; what it started ends with it."""
    unwanted = ("PYTEST_ADDOPTS", "PYTHONPATH", "COLUMNS", "FORCE_COLOR", *CI_VARIABLES)
    known = {name: value for name, value in os.environ.items() if name not in unwanted}
    settings = {"PYTHONPATH": str(PACKAGE.parent), "NO_COLOR": "1", "COLUMNS": "100", "PYTHONHASHSEED": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env=known | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    try:
        out, err = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        _end(process)
        out, err = process.communicate()
        return Ran(out, err, None)
    except BaseException:
        _end(process)
        raise
    return Ran(out, err, process.returncode)


def _end(process: subprocess.Popen[str]) -> None:
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def steady(text: str, folder: Path) -> str:
    """What pytest said, without all that changes from run to run or from machine to machine."""
    text = text.replace(f"{folder}{os.sep}", "").replace(str(folder), ".")
    for pattern, replacement in _CHANGING:
        text = pattern.sub(replacement, text)
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


_CHANGING = (
    (re.compile(r" in \d+\.\d\d?s\b( \([\d:]+\))?"), ""),
    (re.compile(r"0x[0-9a-f]{6,}"), "0x…"),
    (re.compile(r"(?m)^\s*/\S*?/(site-packages|lib/python3\.\d+)/(\S+?):\d+: "), r"  \2: "),
    (re.compile(r"/\S*?/(site-packages|lib/python3\.\d+)/"), ""),
    (re.compile(r'(File "[^"/]+\.py"), line \d+'), r"\1"),
    (re.compile(r"(?m)^-- Docs: .*$\n?"), ""),
    (re.compile(r"Task-\d+"), "Task-…"),
    (re.compile(r"(?m)^=+ (.*?) =+$"), r"== \1 =="),
    (re.compile(r"(?m)^_+ (.*?) _+$"), r"__ \1 __"),
    (re.compile(r"(?m)^(\.|[FEsxX.]+)\s+\[ *\d+%\]$"), r"\1"),
)
