"""A container around the zygote, by Podman or Docker: the second way, for machines without bubblewrap.

What runs inside sees the image, this program without the course, and the one folder in which trials are laid. A
container's process inherits no descriptor, so the zygote is met at a socket in that folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from ..places import PACKAGE
from .sandbox import COURSE, NoSandbox
from .sockets import listener

MEMORY, PROCESSES = "8g", "512"
START_LIMIT_S = 60.0
_LOOK_S = 0.1
_TRY_S = 30.0
_DOOR = "door"


def check(image: str) -> None:
    """Raises NoSandbox, which says why and what to do, unless there is a container engine that has this image."""
    program = _program()
    call = [program, "image", "inspect", image]
    done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=_TRY_S)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise NoSandbox(
            f"{Path(program).name} has no image {image} ({said}). checker/grading/README.md says how it is made; "
            "`--image` names another."
        )


def _program() -> str:
    found = shutil.which("podman") or shutil.which("docker")
    if found is None:
        raise NoSandbox(
            "`--sandbox container` needs Podman or Docker, and neither is installed. With bubblewrap no container is "
            "needed; `--sandbox off` grades unprotected, and marks every output as practice."
        )
    return found


def command(image: str, room: Path, environment: dict[str, str]) -> list[str]:
    """The command that runs a zygote in a container; `room` is the one folder that can be written to."""
    parts = [_program(), "run", "--rm", "--network", "none", "--ipc", "none", "--read-only", "--cap-drop", "ALL"]
    parts += ["--security-opt", "no-new-privileges", "--pids-limit", PROCESSES, "--memory", MEMORY]
    parts += ["--user", f"{os.getuid()}:{os.getgid()}"]
    if Path(parts[0]).name == "podman" and os.getuid():
        parts += ["--userns", "keep-id"]
    inside = {name: environment[name] for name in ("PYTHONHASHSEED", "PYTHONPATH")}
    for name, value in (inside | {"HOME": str(room), "TMPDIR": str(room)}).items():
        parts += ["--env", f"{name}={value}"]
    parts += ["--volume", f"{PACKAGE}:{PACKAGE}:ro", "--volume", f"{room}:{room}", "--workdir", str(room)]
    for name in COURSE:
        if (PACKAGE / name).is_dir():
            parts += ["--tmpfs", f"{PACKAGE / name}:ro"]
    return [*parts, image, "python", "-m", "checker.engine.zygote", str(room / _DOOR)]


@contextlib.contextmanager
def door(room: Path) -> Iterator[socket.socket]:
    """A socket in the room at which a zygote can be met; nothing of it is left afterwards."""
    place = room / _DOOR
    with listener(place) as waiting:
        try:
            yield waiting
        finally:
            place.unlink(missing_ok=True)


def met(waiting: socket.socket, process: subprocess.Popen[bytes]) -> socket.socket:
    """The zygote's end, once it has come. Raises NoSandbox when its container ends or does not start."""
    waiting.settimeout(_LOOK_S)
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(TimeoutError):
            return waiting.accept()[0]
    process.kill()
    raise NoSandbox(
        f"The container did not start (status {process.wait()}). With KATA_DEBUG=1 it says more; the image needs this "
        "project's packages, see checker/grading/README.md."
    )
