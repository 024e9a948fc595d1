"""What can be seen, reached and left from inside of the sandbox: nothing but the trial's own folder."""

from __future__ import annotations

import shutil
import struct
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from checker.engine import sandbox, seccomp
from checker.engine.backend import ForkRunner, Walls
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
    async with ForkRunner(lanes=1, walls=Walls()) as runner:
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


NOTES = f"""
import ctypes, os, tempfile
from pathlib import Path

HERE = Path.cwd()
SYSTEM = ("/", "/tmp", "/dev", "/dev/shm", "/etc", "/proc", {str(PACKAGE / "suites")!r})
PLACES = [HERE, HERE.parent, Path(tempfile.gettempdir()), *map(Path, SYSTEM)]
LIBC = ctypes.CDLL(None)

def test_note():
    found = []
    for place in PLACES:
        note = place / "note"
        if note.exists():
            found.append(str(note))
        try:
            note.write_text("x")
        except OSError:
            pass
    if Path("/proc/sys/kernel/hostname").read_text() == "note":
        found.append("hostname")
    try:
        Path("/proc/sys/kernel/hostname").write_text("note")
    except OSError:
        pass
    for name, exists, make in (
        ("shared memory", lambda: LIBC.shmget(77, 64, 0o666), lambda: LIBC.shmget(77, 64, 0o1666)),
        ("message queue", lambda: LIBC.msgget(77, 0o666), lambda: LIBC.msgget(77, 0o1666)),
        ("semaphore", lambda: LIBC.semget(77, 1, 0o666), lambda: LIBC.semget(77, 1, 0o1666)),
        ("named queue", lambda: LIBC.mq_open(b"/note", 0), lambda: LIBC.mq_open(b"/note", 0o102, 0o600, None)),
    ):
        if exists() >= 0:
            found.append(name)
        make()
    assert not found
"""


@needs_walls
@pytest.mark.asyncio
async def test_no_note_is_left_for_the_next_trial(walled: ForkRunner) -> None:
    """In no folder, and in nothing that the kernel keeps."""
    job = make_job(NOTES)
    first, second = [await walled.run(job, Plan(), DEADLINE_S, kept=job) for _ in range(2)]
    assert first.green
    assert [report.message for report in second.failures()] == []


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_the_filter_of_calls_is_a_program_that_ends(machine: str) -> None:
    """Each jump lands on an instruction behind it, and the last instruction returns."""
    code = list(struct.iter_unpack("HBBI", seccomp.program(machine)))
    assert all(at + 1 + max(yes, no) < len(code) for at, (_, yes, no, _) in enumerate(code[:-2]))
    assert code[-1][3] & 0xFFFF0000 == 0x00050000


def test_there_is_no_filter_for_a_machine_whose_calls_are_not_known() -> None:
    assert seccomp.program("vax") == b""


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
    async with ForkRunner(lanes=1, walls=Walls()) as runner:
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
