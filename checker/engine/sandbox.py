"""A sandbox around the zygote: bubblewrap with no network, a few read-only folders, and namespaces of its own.

What runs inside sees the interpreter, its packages, this program without the course, and the one folder in which
trials are laid. It ends with the program that started it, and nothing in it outlives it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from ..errors import KataError
from ..places import PACKAGE

_SYSTEM = (
    "/usr",
    "/bin",
    "/sbin",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/localtime",
    "/etc/alternatives",
)
COURSE = ("suites", "course", "tests", "explanations")  # of this program's own folder: nothing that a trial needs
_NOBODY = "65534"
_TRY_S = 20.0


class NoSandbox(KataError):
    """This machine can't make the sandbox."""


def check() -> None:
    """Raises NoSandbox, which says why and what to do, unless bubblewrap is there and may do its work."""
    program = shutil.which("bwrap")
    if program is None:
        raise NoSandbox(
            "Grading runs strangers' code in a sandbox, and bubblewrap is not installed. Your system's package manager "
            "has it, as bubblewrap. Without it, `--sandbox container` takes Podman or Docker, and `--sandbox off` "
            "grades on this machine unprotected, and marks every output as practice."
        )
    call = [program, "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "true"]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=_TRY_S)
    if done.returncode:
        raise NoSandbox(
            f"bubblewrap is installed and may not make a sandbox here: {done.stderr.strip()}. On Ubuntu 24.04 and "
            "later it needs an AppArmor profile (see sysctl kernel.apparmor_restrict_unprivileged_userns); inside a "
            "container, permission to make namespaces. `--sandbox container` takes Podman or Docker; `--sandbox off` "
            "grades unprotected, and marks every output as practice."
        )


def wrapped(command: Iterable[str], room: Path, environment: dict[str, str], calls: int | None = None) -> list[str]:
    """The command that runs `command` in the sandbox; `room` is the one folder that can be written to.

    `calls`: a descriptor from which the filter of system calls can be read (see `seccomp`).
    """
    program = shutil.which("bwrap") or "bwrap"
    options = [program, "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--clearenv"]
    options += ["--uid", _NOBODY, "--gid", _NOBODY]
    for name, value in (environment | {"HOME": str(room), "TMPDIR": str(room), "PATH": "/usr/bin:/bin"}).items():
        options += ["--setenv", name, value]
    for path in _SYSTEM:
        if Path(path).is_symlink() and not path.startswith("/etc"):
            options += ["--symlink", str(Path(path).readlink()), path]
        elif Path(path).exists():
            options += ["--ro-bind", path, path]
    for path in dict.fromkeys((sys.base_prefix, sys.prefix, str(PACKAGE))):
        if not path.startswith(("/usr/", "/usr")) or path == str(PACKAGE):
            options += ["--ro-bind", path, path]
    hidden = [str(PACKAGE / name) for name in COURSE if (PACKAGE / name).is_dir()]
    for path in hidden:
        options += ["--tmpfs", path]
    options += ["--dev", "/dev", "--proc", "/proc", "--bind", str(room), str(room), "--chdir", str(room)]
    for path in (*hidden, "/dev", "/proc", "/"):  # or a trial could leave a note there for the next
        options += ["--remount-ro", path]
    if calls is not None:
        options += ["--seccomp", str(calls)]
    return [*options, "--", *command]
