"""The second way of keeping strangers' code in: a container, with a stand-in for the engine that would run it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from checker.engine import container
from checker.engine.backend import ForkRunner, Walls
from checker.engine.sandbox import NoSandbox
from checker.places import PACKAGE
from checker.tests.workers import run

STAND_IN = """#!{python}
import os, sys
from pathlib import Path

said = sys.argv[1:]
with Path({log!r}).open("a") as log:
    print(*said, file=log)
if said[:2] == ["image", "inspect"]:
    sys.exit(0 if said[2] == "kata" else "no such image")
at = said.index("kata")
for name, value in zip(said, said[1:]):
    if name == "--env":
        os.environ.__setitem__(*value.split("=", 1))
os.execv({python!r}, [{python!r}, *said[at + 2:]])
"""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Puts a `docker` on the path that runs its command here; tells what it was asked."""
    log = tmp_path / "asked"
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    program.write_text(STAND_IN.format(python=sys.executable, log=str(log)))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent))
    return lambda: log.read_text().splitlines()


@pytest.mark.asyncio
async def test_trials_run_behind_a_door_in_the_room(asked: Callable[[], list[str]]) -> None:
    async with ForkRunner(lanes=1, walls=Walls("kata")) as runner:
        outcome = await run(runner, "def test_a(): pass\ndef test_b(): assert 1 == 2\n")
        assert [path.name for path in runner._root.iterdir() if path.name not in runner._made] == []
    assert outcome.failed_tests == ("test_job.py::test_b",)
    assert len(asked()) == 1


def test_the_container_has_no_network_and_does_not_see_the_course(
    asked: Callable[[], list[str]], tmp_path: Path
) -> None:
    given = container.command("kata", tmp_path, {"PYTHONPATH": "/x", "PYTHONHASHSEED": "0", "SECRET": "gradebook"})
    options = given[: given.index("kata")]
    pairs = list(pairwise(options))
    assert {"--read-only", "--rm"} <= set(options)
    assert {("--network", "none"), ("--cap-drop", "ALL"), ("--user", f"{os.getuid()}:{os.getgid()}")} <= set(pairs)
    assert [value for name, value in pairs if name == "--volume"] == [
        f"{PACKAGE}:{PACKAGE}:ro",
        f"{tmp_path}:{tmp_path}",
    ]
    assert ("--tmpfs", f"{PACKAGE / 'suites'}:ro") in pairs
    assert "gradebook" not in " ".join(given)


def test_an_image_that_is_not_there_is_named(asked: Callable[[], list[str]]) -> None:
    Walls("kata").check()
    with pytest.raises(NoSandbox, match=r"no image other \(no such image\).*README"):
        Walls("other").check()


def test_without_an_engine_one_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoSandbox, match=r"Podman or Docker.*--sandbox off"):
        Walls("kata").check()


@pytest.mark.asyncio
async def test_a_container_that_does_not_start_is_an_error_that_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(container, "command", lambda *_: [sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(NoSandbox, match=r"did not start \(status 3\)"):
        await ForkRunner(lanes=1, walls=Walls("kata")).__aenter__()
