"""One slow command of the setup, its output in a log, with something that moves while it runs.

Standard library only, in syntax that Python 3.6 reads.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

_REDRAW_S = 0.1
_PATIENCE_S = 5.0
_LOG_TAIL_BYTES = 20_000


class StepFailed(Exception):
    """A command ended in failure; `str()` says which, and what its log gives as the reason."""


def run_step(name: str, command: "list[str]", log: Path) -> None:
    """Run a command to its end. Raises StepFailed; whatever is raised, the command is over.

    On a terminal one line shows what goes on; elsewhere the name of the step is printed once.
    """
    on_terminal = sys.stderr.isatty()
    if not on_terminal:
        say(f"{name} ...")
    # A user's own setting that pip refuses inside a virtual environment.
    environ = dict(os.environ, PIP_USER="0")
    with log.open("ab") as output:
        output.write(os.fsencode("$ {}\n".format(" ".join(command))))
        output.flush()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, env=environ
        )
        try:
            began_s = time.monotonic()
            while process.poll() is None:
                if on_terminal:
                    _draw(name, time.monotonic() - began_s, log)
                time.sleep(_REDRAW_S)
        finally:
            interrupt = signal.signal(signal.SIGINT, signal.SIG_IGN)  # A second Ctrl-C must not stop this.
            _end(process)
            signal.signal(signal.SIGINT, interrupt)
            if on_terminal:
                sys.stderr.write("\r{}\r".format(" " * _width()))
    if process.returncode != 0:
        raise StepFailed(f"{name[0].lower()}{name[1:]} failed ({_reason(log)})")
    if on_terminal:
        say(f"{name} ... done")


def answer_of(command: "list[str]") -> str:
    """What a command prints, "" if it fails or takes long."""
    quiet = subprocess.DEVNULL
    try:
        answer = subprocess.check_output(command, stdin=quiet, stderr=quiet, timeout=20)
    except (OSError, subprocess.SubprocessError):
        return ""
    return os.fsdecode(answer).strip()


def say(line: str) -> None:
    """Tell the user: on standard error, so that `--json` on standard output stays what it is."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _end(process: "subprocess.Popen[bytes]") -> None:
    """See that a command is over: first ask as Ctrl-C does, so that pip cleans up after itself."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM if os.name == "nt" else signal.SIGINT)
        try:
            process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _draw(name: str, elapsed_s: float, log: Path) -> None:
    told = [line for line in _lines(log) if not line.startswith(("WARNING", "$ "))]
    detail = told[-1] if told else ""
    turning = "|/-\\"[int(elapsed_s / _REDRAW_S) % 4]
    line = f"{turning} {name} {elapsed_s:4.0f} s  {detail}"
    sys.stderr.write(f"\r{line[: _width()].ljust(_width())}")
    sys.stderr.flush()


def _width() -> int:
    return shutil.get_terminal_size().columns - 1


def _lines(log: Path) -> "list[str]":
    """The last lines of a log that say something."""
    with log.open("rb") as file:
        file.seek(max(0, log.stat().st_size - _LOG_TAIL_BYTES))
        lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines()]
    return [line for line in lines if line and line.isprintable()] or [""]


def _reason(log: Path) -> str:
    """Why a command failed, in its own words where those tell."""
    lines = _lines(log)
    if any("connection broken by" in line for line in lines):
        return "no connection to the package index"  # pip says that there is no such package.
    plain = [line for line in lines if line.startswith("ERROR: ")]
    raised = [line for line in lines if "Error: " in line]
    return (plain or raised or lines)[-1].rstrip(".")
