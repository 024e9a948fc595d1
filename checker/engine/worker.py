"""A worker: one directory, one suite, one implementation, one pytest session.

`run` is called in a child that a zygote forked, or by `main` in a fresh process where there is no fork. When the
worker is told to serve, it collects once and forks for every plan that it is sent; otherwise it runs one plan.
It is never told which implementation it holds.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import json
import linecache
import os
import random
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest

from . import bodies, forkable, library, plugins, reach, recorder, resources, timings  # noqa: F401  (timings keeps the true time.sleep)
from .trial import DECLINED, Plan, plan_from
from .watch import Watch

DATA_LIMIT_B = 2 << 30
FILE_LIMIT_B = 64 << 20
Send = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Turn:
    """What a worker is sent once its tests are collected: a plan, where to put temporary files, where to tell.

    `exchange`: the modules that have other function bodies by now, and the points at which these are entered.
    """

    plan: Plan
    temporary: Path
    send: Send
    exchange: Mapping[str, Sequence[int]] = field(default_factory=dict)


NextJob = Callable[[Callable[[dict[str, Any]], None]], dict[str, Any]]
"""Waits for a job, and returns in a child for each; calls what it is given before it forks."""
NextTurn = Callable[[bool], Turn]
"""Waits for a turn; told whether it may fork, and then returns in a child for each."""


class _Loader(importlib.machinery.SourceFileLoader):
    """Loads a module under test with its points, and takes note of it."""

    first = 0
    stock: bodies.Stock

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code = library.under_test(path, self.first)
        self.stock.loaded.setdefault(path, []).append(code)
        return code


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, modules: dict[Path, int], stock: bodies.Stock) -> None:
        self.modules, self.stock = modules, stock

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        name = fullname.rpartition(".")[2]
        for folder in path if path is not None else sys.path:
            base = Path(folder or ".").resolve()
            for file in (base / f"{name}.py", base / name / "__init__.py"):
                if file in self.modules:
                    loader = _Loader(fullname, str(file))
                    loader.first, loader.stock = self.modules[file], self.stock
                    return importlib.util.spec_from_file_location(fullname, file, loader=loader)
        return None


def preload(names: Sequence[str]) -> None:
    """Import what the job will import anyway. A module that does not import here will say so in the job."""
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)


def run(message: dict[str, Any], next_turn: NextTurn) -> int:
    """Run one job in this process; return pytest's exit status. `next_turn` may fork, and returns in each child."""
    _enter(message)
    session = _Session(next_turn)
    session.take(message)
    return session.main(message)


def run_configured(message: dict[str, Any], next_job: NextJob, next_turn: NextTurn) -> int:
    """Configure pytest in an empty directory first; then `next_job`, which may fork, says what was laid there.

    What pytest does before it collects is the same for every implementation of an exercise: this does it once.
    """
    _enter(message)
    session = _Session(next_turn)

    def take(pytest_session: pytest.Session) -> None:
        gc.collect()
        gc.freeze()
        job = next_job(lambda laid: _prepare(laid, pytest_session.config))
        _set_temporary(job["temporary"])
        session.take(job)
        # Folders that had no conftest.py when pytest was configured are to be looked at again.
        pytest_session.config.pluginmanager._dirpath2confmods.clear()
        if job["targets"]:
            pytest_session.config.args = list(job["targets"])

    return session.main(message, take)


def _prepare(job: dict[str, Any], config: pytest.Config) -> None:
    library.prepare(Path.cwd(), job["common"], _points(job["implementation"]), config)


def _points(implementation: Sequence[str]) -> dict[str, int]:
    """File under test → its first point."""
    return {str(Path.cwd() / path): number for path, number in reach.first_numbers(implementation).items()}


class _Session:
    """A pytest session of a worker: takes its job before anything of the job's is imported."""

    def __init__(self, next_turn: NextTurn) -> None:
        self.next_turn = next_turn
        self.recorder = recorder.Recorder(Path.cwd(), self._planned, self._send)
        self.outlet: Send | None = None
        self.stock = self.recorder.stock = bodies.Stock()
        self.points: dict[str, int] = {}  # file under test → its first point
        recorder.CURRENT = self.recorder

    def take(self, message: dict[str, Any]) -> None:
        gc.enable()
        gc.set_threshold(50_000)
        root = Path.cwd()
        watch = Watch(
            {str(root / path): path for path in message["suite"]},
            {str(root / path): path for path in message["implementation"]},
            self.recorder.note,
        )
        self.recorder.watch = watch
        self.recorder.own_configuration = bool(message["own_configuration"])
        self.points = _points(message["implementation"])
        sys.meta_path.insert(0, _Finder({Path(file): first for file, first in self.points.items()}, self.stock))
        setattr(builtins, reach.POINT, self.stock.ran.add)
        watch.install()
        self.recorder.made = resources.install(watch)

    def main(self, message: dict[str, Any], before_collection: Callable[[pytest.Session], None] | None = None) -> int:
        self.recorder.before_collection = before_collection
        plugins.show_only(message["plugins"])
        _hypothesis_profile()
        heard = _Heard(sys.stderr)
        sys.stderr = heard
        # Registered first, so that naming it on the command line as well costs nothing.
        status = int(pytest.main(_arguments(message), plugins=[recorder]))
        self.recorder.ended(status, heard.last)
        return status

    def _planned(self) -> Plan:
        self.recorder.watch.processes = -sys.maxsize  # the forks of this worker's own are not the suite's
        turn = self.next_turn(forkable.is_forkable(self.recorder.held))
        self.outlet = turn.send
        if not self._exchanged(turn.exchange):
            self._send({"event": DECLINED})
            os._exit(0)
        _set_temporary(str(turn.temporary))
        self.recorder.watch.processes = 0
        random.seed(turn.plan.seed)
        return turn.plan

    def _exchanged(self, modules: Mapping[str, Sequence[int]]) -> bool:
        """Put other function bodies in place; False where a new process could see a difference."""
        linecache.clearcache()
        files = {str(self.recorder.root / path): entries for path, entries in modules.items()}
        return all(
            self.stock.exchange(file, library.under_test(file, self.points[file]), entries)
            for file, entries in files.items()
        )

    def _send(self, event: dict[str, Any]) -> None:
        assert self.outlet is not None
        self.outlet(event)


class _Heard:
    """A stream that remembers the last that was written to it: pytest says there why it does not start."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.last = stream, ""

    def write(self, text: str) -> int:
        self.last = (self.last + text)[-recorder.TEXT_LIMIT :]
        return int(self.stream.write(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def _enter(message: dict[str, Any]) -> None:
    """Go to the job's directory."""
    os.chdir(Path(message["directory"]).resolve())
    _environment(message["temporary"])


def _arguments(message: dict[str, Any]) -> list[str]:
    arguments = ["-p", "checker.engine.recorder", "-p", "no:cacheprovider", "--capture=no", "-vv"]
    if not message["own_configuration"]:  # else as a plain `pytest` in this folder would
        arguments += ["-c", "pytest.ini", "--rootdir", "."]
    return arguments + list(message["targets"])


def _environment(temporary: str) -> None:
    """The same surroundings for every implementation, and nothing of the learner's own."""
    keep = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "PYTHONHASHSEED", "VIRTUAL_ENV")
    for name in set(os.environ) - set(keep):
        del os.environ[name]
    _set_temporary(temporary)
    os.environ["no_proxy"] = "*"  # a forked child on macOS may crash when a proxy is looked up
    sys.dont_write_bytecode = True
    sys.path[:] = [entry for entry in sys.path if entry and Path(entry) != Path.cwd()]
    sys.argv[:] = ["pytest"]
    with contextlib.suppress(ImportError):
        import resource

        for name, limit in (("RLIMIT_FSIZE", FILE_LIMIT_B), ("RLIMIT_DATA", DATA_LIMIT_B), ("RLIMIT_CORE", 0)):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                resource.setrlimit(getattr(resource, name), (limit, limit))


def _set_temporary(folder: str) -> None:
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        os.environ[name] = folder
    tempfile.tempdir = None


def _hypothesis_profile() -> None:
    if "hypothesis" in sys.modules:
        from hypothesis import settings

        settings.register_profile("kata", derandomize=True, deadline=None, database=None)
        settings.load_profile("kata")


def sender(descriptor: int) -> Send:
    """Writes events to a pipe, a JSON object a line. A copy of this process that a test forked ends here instead."""
    ours = os.getpid()

    def send(event: dict[str, Any]) -> None:
        if os.getpid() != ours:
            os._exit(1)  # it came back from its test, and would run the rest of the suite once more
        data = json.dumps(event, ensure_ascii=True).encode() + b"\n"
        while data:
            data = data[os.write(descriptor, data) :]

    return send


def main() -> None:
    """A fresh process: the job and its plan on standard input, the events to a file that the job names."""
    message = json.load(sys.stdin)
    preload(message["preload"])
    _silence()
    descriptor = os.open(message["events"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    plan = plan_from(message["plan"])
    temporary = Path(message["temporary"])
    run(message, lambda _: Turn(plan, temporary, sender(descriptor)))
    os._exit(0)


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)


if __name__ == "__main__":
    # Run as a module, so that the recorder's plugin and this file share one `checker.engine` package.
    main()
