"""What the tests of the engine share: small jobs, and the processes that a runner has started."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

from checker.catalog import Exercise, Sample, Suite, load_exercises
from checker.engine import plugins
from checker.engine.backend import Runner
from checker.engine.trial import Job, Observation, Outcome, Plan
from checker.places import find_places
from checker.suite import load_solution, load_suite

TINY = Path(__file__).with_name("tiny")
GREETING = "01_first/01_greeting"
BOX = "01_first/02_open_box"
SETTINGS = "02_second/01_settings"
INI = b"""[pytest]
asyncio_mode = strict
asyncio_default_fixture_loop_scope = function
asyncio_default_test_loop_scope = function
"""
DEADLINE_S = 20.0  # generous: only a test that hangs on purpose comes near its own


def make_job(test: str, *, module: str = "", **more: str) -> Job:
    """A job with one test file; `module` becomes the implementation `thing.py`, `more` other files of the suite."""
    suite = {"test_job.py": _bytes(test)} | {name.replace("__", "."): _bytes(text) for name, text in more.items()}
    files = {"pytest.ini": INI, "thing.py": _bytes(module), **suite}
    return Job(files, tuple(suite), ("thing.py",), plugins=plugins.wanted(files.values()))


def configured_job(ini: str, **files: str) -> Job:
    """A job whose own configuration rules."""
    texts = {"pytest.ini": _bytes(ini)} | {name.replace("__", "."): _bytes(text) for name, text in files.items()}
    return Job(texts, ("pytest.ini",), (), own_configuration=True, plugins=plugins.wanted(texts.values()))


def _bytes(text: str) -> bytes:
    return dedent(text).lstrip("\n").encode()


async def run(runner: Runner, test: str, plan: Plan | None = None, *, module: str = "", **more: str) -> Outcome:
    """The outcome of one trial of a small job."""
    return await runner.run(make_job(test, module=module, **more), plan or Plan(), DEADLINE_S)


def seen(outcome: Outcome, code: str) -> list[tuple[str, int | None]]:
    """The observations of one code, as (name of the test, line in the suite)."""
    found = [each for each in outcome.observations if each.code == code]
    return [(each.test.rpartition("::")[2], each.place.line if each.place else None) for each in found]


def one(outcome: Outcome, code: str) -> Observation:
    """The only observation of this code."""
    (found,) = [each for each in outcome.observations if each.code == code]
    return found


def codes(outcome: Outcome) -> set[str]:
    """The codes of everything that was observed."""
    return {each.code for each in outcome.observations}


def essence(outcome: Outcome) -> tuple[object, ...]:
    """What does not depend on folders, times and addresses."""
    reports = [
        (r.test, r.phase, r.outcome, r.round, r.xfail, r.place, re.sub("0x[0-9a-f]+", "0x", r.error))
        for r in outcome.reports
    ]
    errors = [(r.test, r.phase, r.outcome) for r in outcome.collect_errors]
    return (
        outcome.ending,
        outcome.exit_status,
        outcome.items,
        reports,
        errors,
        outcome.observations,
        outcome.reached,
        outcome.running,
    )


def tiny(name: str = GREETING, folder: Path = TINY) -> tuple[Exercise, Suite, Sample]:
    """An exercise of the tiny course, its suite and its solution."""
    places = find_places(folder)
    exercise = load_exercises(places)[name]
    return exercise, load_suite(places, exercise), load_solution(places, exercise)


def descendants(root: int) -> dict[int, str]:
    """The living processes that `root` started, or that these did: their ids and command lines (Linux)."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                parents[int(entry.name)] = int(fields[1])
    found: dict[int, str] = {}
    waiting = [root]
    while waiting:
        parent = waiting.pop()
        for pid in [p for p, its in parents.items() if its == parent]:
            waiting.append(pid)
            found[pid] = _command(pid)
    return found


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


async def gone(pids: Iterable[int]) -> None:
    """Wait until none of these processes is alive; bound it."""
    while any(is_alive(pid) for pid in pids):  # noqa: ASYNC110  (another process tells no event)
        await asyncio.sleep(0.01)
