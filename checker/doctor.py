"""What the workshop needs of a machine, and whether it is there."""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import KataError
from .manifest import manifest_problems
from .places import find_places

_PACKAGES = (
    "pytest",
    "pytest-asyncio",
    "fastapi",
    "httpx",
    "sqlalchemy",
    "aiosqlite",
    "anyio",
    "respx",
    "hypothesis",
    "watchfiles",
)
_FREE_B = 200 << 20
_FILES, _SLOW_MS = 40, 20.0
_IS_LINUX = sys.platform.startswith("linux")
# What the course installs; each brings its plugin.
_OUR_PLUGINS = {"pytest-asyncio", "anyio", "respx", "faker", "hypothesis", "nbval", "platformdirs"}


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing looked at."""

    good: bool
    what: str
    advice: str = ""


def examine(workspace: Path) -> Iterator[Examined]:
    """Look at everything, in the order in which it would fail."""
    version = ".".join(map(str, sys.version_info[:3]))
    good = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Examined(good, f"Python {version}", "" if good else "Use Python 3.11, 3.12 or 3.13.")
    for name in _PACKAGES:
        try:
            yield Examined(True, f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield Examined(False, f"{name} is not installed", "Install the project again.")
    yield _plugins()
    yield _course()
    yield _workspace(workspace)
    yield _disk()
    yield _disk_speed()
    if hasattr(os, "fork"):
        yield Examined(True, "workers are forked")
    else:
        yield Examined(True, "no fork on this system: every trial is a new process, which takes longer")
    yield _sandbox()


def _plugins() -> Examined:
    """Plugins of pytest that were installed beside ours: they can change what plain `pytest` says."""
    points = importlib.metadata.entry_points(group="pytest11")
    foreign = sorted({p.dist.name for p in points if p.dist is not None and p.dist.name.lower() not in _OUR_PLUGINS})
    if not foreign:
        return Examined(True, "no foreign pytest plugins")
    return Examined(
        False,
        f"foreign pytest plugins: {', '.join(foreign)}",
        "Verdicts don't use them, plain pytest does, and may say something else. Uninstall them here.",
    )


def _workspace(folder: Path) -> Examined:
    """Whether the workspace, or what it would be made in, can be written to."""
    there = next(parent for parent in (folder, *folder.parents) if parent.is_dir())
    try:
        with tempfile.TemporaryFile(dir=there):
            return Examined(True, f"the workspace {folder} can be written to")
    except OSError as error:
        advice = "Give yourself the right to write there, or name another folder with --workspace."
        return Examined(False, f"the workspace {folder} cannot be written to ({error.strerror})", advice)


def _disk_speed() -> Examined:
    """How long it takes to write a few dozen small files, as every trial does."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="kata-doctor-") as folder:
        for number in range(_FILES):
            (Path(folder) / f"{number}.txt").write_text("x" * 2_000)
    each_ms = 1_000 * (time.perf_counter() - began) / _FILES
    told = f"{each_ms:.1f} ms for a small file in {tempfile.gettempdir()}"
    if each_ms > _SLOW_MS:
        return Examined(False, f"a slow disk: {told}", "Point TMPDIR at a faster one, such as a RAM disk.")
    return Examined(True, told)


def _sandbox() -> Examined:
    """Whether bubblewrap is there, and may do its work; only grading a class needs it."""
    program = shutil.which("bwrap")
    if program is None:
        told = "no bubblewrap, which only grading a class needs"
        return Examined(True, told, "Your system's package manager has it, as bubblewrap." if _IS_LINUX else "")
    call = [program, "--unshare-all", "--ro-bind", "/", "/", "true"]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=20)
    if done.returncode:
        advice = (
            "This system restricts user namespaces. On Ubuntu 24.04 and later an AppArmor profile for bwrap permits "
            "them (sysctl kernel.apparmor_restrict_unprivileged_userns); in a container it must be started with "
            "permission to make namespaces. Only grading a class needs it."
        )
        return Examined(True, f"bubblewrap is installed, and may not work here: {done.stderr.strip()}", advice)
    return Examined(True, "bubblewrap works")


def _course() -> Examined:
    try:
        places = find_places()
        edited = manifest_problems(places)
    except KataError as error:
        return Examined(False, str(error))
    if edited:
        return Examined(
            True, f"the course at {places.exercises} has {len(edited)} edited files; they are judged as your work"
        )
    return Examined(True, f"the course at {places.exercises} is as it was handed out")


def _disk() -> Examined:
    folder = tempfile.gettempdir()
    free = shutil.disk_usage(folder).free
    if free < _FREE_B:
        return Examined(False, f"only {free >> 20} MiB free in {folder}", "Free some space, or point TMPDIR elsewhere.")
    return Examined(True, f"{free >> 20} MiB free in {folder}")
