"""What can be seen, reached and left from inside of the sandbox: nothing but the trial's own folder."""

from __future__ import annotations

import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from checker.engine import sandbox
from checker.engine.backend import ForkRunner
from checker.engine.sandbox import NoSandbox
from checker.engine.trial import Plan
from checker.places import PACKAGE
from checker.tests.workers import DEADLINE_S, make_job, run


def _is_there() -> bool:
    try:
        sandbox.check()
    except NoSandbox:
        return False
    return True


needs_walls = pytest.mark.skipif(not _is_there(), reason="bubblewrap is not installed, or may not work here")


@pytest.fixture
def secret(monkeypatch: pytest.MonkeyPatch) -> str:
    """Something in the program's environment."""
    monkeypatch.setenv("KATA_SECRET", "gradebook")
    return "gradebook"


@pytest_asyncio.fixture
async def walled() -> AsyncIterator[ForkRunner]:
    async with ForkRunner(lanes=1, sandboxed=True) as runner:
        yield runner


@needs_walls
@pytest.mark.asyncio
async def test_a_suite_runs_inside_as_it_does_outside(walled: ForkRunner) -> None:
    outcome = await run(walled, "def test_a():\n    assert 1 == 1\n\ndef test_b():\n    assert 1 == 2\n")
    assert [(r.test.rpartition("::")[2], r.outcome) for r in outcome.reports if r.phase == "call"] == [
        ("test_a", "passed"),
        ("test_b", "failed"),
    ]


@needs_walls
@pytest.mark.asyncio
@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(f"open({str(PACKAGE / 'manifest.json')!r}, 'w')", id="writes-to-the-program"),
        pytest.param("open('/usr/share/x', 'w')", id="writes-to-the-system"),
        pytest.param("open('/etc/passwd').read()", id="reads-who-is-there"),
        pytest.param(f"open({str(Path(__file__))!r}).read()", id="reads-our-tests"),
        pytest.param(f"assert __import__('os').listdir({str(PACKAGE / 'suites')!r})", id="lists-the-suites"),
        pytest.param(f"assert __import__('os').listdir({str(PACKAGE.parent / 'solutions')!r})", id="lists-solutions"),
        pytest.param("assert 'KATA_SECRET' in __import__('os').environ", id="reads-the-environment"),
        pytest.param("__import__('socket').create_connection(('192.0.2.1', 80), timeout=3)", id="network"),
        pytest.param("__import__('os').kill(__import__('os').getppid() + 100_000, 9)", id="kills-a-process-outside"),
    ],
)
async def test_what_is_outside_cannot_be_reached(secret: str, walled: ForkRunner, attempt: str) -> None:
    outcome = await run(walled, f"def test_attempt():\n    {attempt}\n")
    (report,) = [each for each in outcome.reports if each.phase == "call"]
    assert report.outcome == "failed"


@needs_walls
@pytest.mark.asyncio
async def test_only_the_interpreters_processes_are_seen(walled: ForkRunner) -> None:
    test = """
        import os

        def test_processes():
            assert len([name for name in os.listdir("/proc") if name.isdigit()]) < 12
    """
    assert (await run(walled, test)).green


@needs_walls
@pytest.mark.asyncio
async def test_what_it_leaves_running_ends_with_the_sandbox() -> None:
    test = """
        import os, signal, time

        def test_leaves_something():
            if os.fork() == 0:
                os.setsid()
                signal.signal(signal.SIGTERM, signal.SIG_IGN)
                while True:
                    time.sleep(60)  # a name to look for: kata-left-behind
    """
    async with ForkRunner(lanes=1, sandboxed=True) as runner:
        await runner.run(make_job(test), Plan(), DEADLINE_S)
        root = str(runner._root)
    assert _processes_that_name(root) == []


def _processes_that_name(folder: str) -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/cmdline") if folder.encode() in _text(path)]


def _text(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_without_bubblewrap_one_is_told_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(NoSandbox, match=r"not installed.*--sandbox off"):
        sandbox.check()


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_system_that_restricts_namespaces_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(fake))
    with pytest.raises(NoSandbox, match=r"uid map: Permission denied.*AppArmor"):
        sandbox.check()
