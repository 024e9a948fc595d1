"""Starts the zygote. Imports next to nothing, so that whoever judges can start it before anything else."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from .sockets import pair

_KEPT_VARIABLES = ("PYTHONHOME", "PYTHONPLATLIBDIR", "PYTHONUSERBASE", "PYTHONNOUSERSITE")

CI_VARIABLES = (
    *("CI", "BUILD_NUMBER", "TF_BUILD", "bamboo.buildKey", "BUILDKITE", "CIRCLECI", "CIRRUS_CI", "CODEBUILD_BUILD_ID"),
    *("GITHUB_ACTIONS", "GITLAB_CI", "HEROKU_TEST_RUN_ID", "TEAMCITY_VERSION"),
)
"""By these pytest and Hypothesis know a CI machine, and print more there; here they say the same everywhere."""
_PACKAGE_PARENT = str(Path(__file__).resolve().parents[2])

Zygote = tuple[socket.socket, subprocess.Popen[bytes]]
_prestarted: list[Zygote] = []


def prestart() -> None:
    """Start a zygote now, for the next that is taken: it warms up while the program reads what it is to judge."""
    if hasattr(os, "fork"):
        _prestarted.append(_start())


def take_zygote(room: Path | None = None, image: str = "") -> Zygote:
    """A zygote and the socket that it reads its requests from.

    `room`: behind walls, with this folder to write to; `image`: these are a container's. Raises NoSandbox.
    """
    if room is None:
        return _prestarted.pop() if _prestarted else _start()
    return _start_in_container(room, image) if image else _start(room)


def _start(room: Path | None = None) -> Zygote:
    ours, theirs = pair()
    command = [sys.executable, "-m", "checker.engine.zygote", str(theirs.fileno())]
    passed = [theirs.fileno()]
    with contextlib.ExitStack() as stack:
        stack.enter_context(theirs)
        if room is not None:
            from . import sandbox, seccomp

            program = seccomp.program()
            calls = stack.enter_context(tempfile.TemporaryFile(buffering=0)) if program else None
            if calls is not None:
                calls.write(program)
                calls.seek(0)
                passed.append(calls.fileno())
            command = sandbox.wrapped(command, room, environment(), calls.fileno() if calls is not None else None)
        process = _process(command, room, passed)
    return ours, process


def _start_in_container(room: Path, image: str) -> Zygote:
    from . import container

    with container.door(room) as waiting:
        process = _process(container.command(image, room, environment()), room)
        return container.met(waiting, process), process


def _process(command: list[str], room: Path | None, passed: Sequence[int] = ()) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        env=environment(),
        cwd=room or tempfile.gettempdir(),
        pass_fds=passed,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=None if os.environ.get("KATA_DEBUG") else subprocess.DEVNULL,
        start_new_session=True,
    )


def environment() -> dict[str, str]:
    """A process's surroundings before it has a job: no wish of anyone's for Python or pytest, hashes fixed."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in CI_VARIABLES and (not name.startswith(("PYTHON", "PYTEST")) or name in _KEPT_VARIABLES)
    }
    return kept | {"PYTHONHASHSEED": "0", "PYTHONPATH": _PACKAGE_PARENT}
