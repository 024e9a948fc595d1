"""The pytest plugin of a worker: announces the collected tests, tells every outcome, serves plans after collection.

It is named on the command line (`-p checker.engine.recorder`), so that no configuration and no conftest can take it
away.
"""

from __future__ import annotations

import builtins
import gc
import inspect
from collections.abc import Callable, Generator, Set
from pathlib import Path
from typing import Any

import pytest
from _pytest.skipping import xfailed_key

from . import orders, resources, timings
from .bodies import Stock
from .forkable import held
from .reach import POINT
from .trial import Item, Observation, Place, Plan, Report, to_message
from .watch import Birth, Watch

TEXT_LIMIT = 4000
MESSAGE_LIMIT = 600


class Recorder:
    """One session's recorder. `next_plan` blocks until a plan is there, and may fork: it returns in each worker."""

    watch: Watch  # given by the worker, when it has its job
    stock: Stock

    def __init__(self, root: Path, next_plan: Callable[[], Plan], send: Callable[[dict[str, Any]], None]) -> None:
        self.root, self.next_plan, self.send = root, next_plan, send
        self.own_configuration = False
        self.before_collection: Callable[[pytest.Session], None] | None = None
        self.early: list[dict[str, Any]] | None = []  # told before there was a plan, hence a pipe
        self.round: dict[str, int] = {}
        self.settings: dict[str, str] = {}
        self.crash = ""
        self.running: pytest.Item | None = None
        self.made: list[tuple[Any, str, Birth]] = []
        self.held: Set[str] = set()  # what this process held before anything of the job's was imported

    def tell(self, message: dict[str, Any]) -> None:
        if self.early is not None:
            self.early.append(message)
        else:
            self.send(message)

    def note(self, observation: Observation) -> None:
        self.tell(to_message("observation", observation))

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        self.settings = _settings(config)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session: pytest.Session) -> None:
        if self.before_collection is not None:
            self.before_collection(session)
        self.held = held()

    @pytest.hookimpl(tryfirst=True)
    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.outcome != "failed" and not (report.outcome == "skipped" and not report.result):
            return
        text = report.longreprtext if report.outcome == "failed" else str(report.longrepr)
        error = Report(report.nodeid, "collect", report.outcome, place=self._place(report), text=text[-TEXT_LIMIT:])
        self.tell(to_message("collect-error", error))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> None:
        gc.collect()
        self.watch.sweep()
        self.stock.take()
        gc.freeze()  # what collection left is not walked again after every test, nor copied page by page
        plan = self._begin()
        for item in session.items:
            self.tell(to_message("item", self._item(item)))
        self._reached("", self.stock.ran)
        timings.install(plan.timing, self.watch)
        session.items = orders.arranged(session.items, plan)
        planned = [] if session.config.option.collectonly else [item.nodeid for item in session.items]
        self.tell({"event": "planned", "tests": planned})

    def _item(self, item: pytest.Item) -> Item:
        path, line, _ = item.reportinfo()
        function = getattr(item, "obj", None)
        place = Place(self._relative(Path(path)), (line or 0) + 1)
        code = getattr(inspect.unwrap(function), "__code__", None) if callable(function) else None
        is_async = inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function)
        if code is not None and is_async:
            self.watch.item_codes[code] = (item.nodeid, place)
        if inspect.isasyncgenfunction(function):
            self.note(Observation("not-really-async", item.nodeid, place, None, "an async generator"))
        return Item(item.nodeid, place.file, place.line, is_async)

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.tell({"event": "start", "test": item.nodeid})
        self.watch.test = item.nodeid
        self.running = item
        points: set[int] = set()
        setattr(builtins, POINT, points.add)
        result = yield
        gc.collect(1)  # so that a dropped coroutine is laid at this test's door, not at a later one's
        self._reached(item.nodeid, points)
        self.round[item.nodeid] = self.round.get(item.nodeid, 0) + 1
        self.tell({"event": "end"})
        return result

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[object]) -> Generator[None, object, object]:
        """What a fixture of several tests reaches, all of them have reached."""
        if fixturedef.scope == "function":
            return (yield)
        within, points = getattr(builtins, POINT), set[int]()
        setattr(builtins, POINT, points.add)
        try:
            return (yield)
        finally:
            setattr(builtins, POINT, within)
            self._reached("", points)

    def _reached(self, test: str, points: Set[int]) -> None:
        """Tell the points that a test has reached, or (`""`) all of them alike."""
        if points:
            self.tell({"event": "reached", "test": test, "points": sorted(points)})

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        wasxfail = hasattr(report, "wasxfail")
        mark = self.running.stash.get(xfailed_key, None) if self.running is not None else None
        turned = report.outcome == "failed" and str(report.longrepr).startswith("[XPASS(strict)]")
        xfail = "xpassed" if turned or (wasxfail and report.passed) else "xfailed" if wasxfail else ""
        error, message = "", ""
        crash = getattr(report.longrepr, "reprcrash", None)
        if crash is not None:
            error, _, message = crash.message.partition(":")
            message = crash.message
        elif report.outcome == "skipped" and isinstance(report.longrepr, tuple):
            message = str(report.longrepr[2])
        elif report.outcome != "passed":  # a fixture that is not there says so at the end of a long text
            message = str(getattr(report.longrepr, "errorstring", report.longrepr))
        self.tell(
            to_message(
                "report",
                Report(
                    report.nodeid,
                    report.when or "call",
                    report.outcome,
                    self.round.get(report.nodeid, 0),
                    xfail,
                    bool(mark is not None and mark.strict),
                    self._place(report) if report.outcome != "passed" else None,
                    error.strip()[:200] if report.outcome == "failed" else "",
                    message[:MESSAGE_LIMIT],
                    report.longreprtext[-TEXT_LIMIT:] if report.outcome == "failed" else "",
                ),
            )
        )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        if self.early is not None:  # the session ended before a plan was asked for
            if self.crash or exitstatus == pytest.ExitCode.USAGE_ERROR:
                return  # `ended` will know why
            self._begin()
        gc.collect()
        self.watch.sweep()
        resources.tell_open(self.made, self.watch)
        if not self.own_configuration:
            now = _settings(session.config)
            for name in sorted(name for name in now if now[name] != self.settings.get(name, now[name])):
                self.note(Observation("config-overridden", detail=name))
        stopped = self.own_configuration and bool(session.shouldfail or session.shouldstop)
        self._finish(int(exitstatus), stopped)

    def _begin(self) -> Plan:
        """Wait for a plan, then tell what was to be told before there was one."""
        plan = self.next_plan()
        early, self.early = self.early or [], None
        for message in early:
            self.send(message)
        return plan

    def ended(self, status: int, heard: str) -> None:
        """pytest returned. If there never was a session, tell why: a configuration that pytest cannot use."""
        if self.early is not None:
            self._begin()
            text = (self.crash or heard).replace(f"{self.root}/", "")
            self.tell(to_message("collect-error", Report("", "configure", "failed", text=text[-TEXT_LIMIT:])))
            self._finish(status, False)

    def _finish(self, status: int, stopped: bool) -> None:
        self.tell({"event": "finish", "status": status, "stopped": stopped, "timed": self.watch.timed})

    def _place(self, report: pytest.TestReport | pytest.CollectReport) -> Place | None:
        """The innermost line of the submission in a failure's traceback; else where the failure was noticed."""
        found = None
        entries = getattr(getattr(report.longrepr, "reprtraceback", None), "reprentries", [])
        for entry in entries:
            where = getattr(entry, "reprfileloc", None)
            if where is not None:
                path = str((self.root / where.path).resolve())
                if path in self.watch.suite:
                    found = Place(self.watch.suite[path], int(where.lineno))
        crash = getattr(report.longrepr, "reprcrash", None)
        if found is None and crash is not None and Path(crash.path).is_relative_to(self.root):
            found = Place(self._relative(Path(crash.path)), int(crash.lineno))
        if found is None and isinstance(report, pytest.TestReport):
            file, line, _ = report.location
            found = Place(file, (line or 0) + 1)
        return found

    def _relative(self, path: Path) -> str:
        try:
            return path.relative_to(self.root).as_posix()
        except ValueError:
            return path.name


def _settings(config: pytest.Config) -> dict[str, str]:
    """What decides which tests run, how, and what counts as a failure."""
    names = ("asyncio_mode", "asyncio_default_test_loop_scope", "asyncio_default_fixture_loop_scope")
    found = {name: str(config.getini(name)) for name in names if name in config._parser._inidict}
    found["filterwarnings"] = str([f for f in config.getini("filterwarnings") if "ignore" in str(f)])
    for name in ("asyncio_mode", "keyword", "markexpr", "deselect", "maxfail", "runxfail", "collectonly"):
        found[f"--{name}"] = str(getattr(config.option, name, None))
    for plugin in ("asyncio", "anyio"):
        found[f"plugin {plugin}"] = str(config.pluginmanager.has_plugin(plugin))
    return found


# A plugin named with -p is a module; the worker puts its recorder here before it starts pytest.
CURRENT: Recorder | None = None


def pytest_configure(config: pytest.Config) -> None:
    """Hand the session to this worker's recorder."""
    if CURRENT is not None:
        config.pluginmanager.register(CURRENT, "session-recorder")


def pytest_internalerror(excrepr: object) -> None:
    """Keep what broke pytest itself; before the session has begun, nobody else would tell."""
    if CURRENT is not None:
        CURRENT.crash = str(excrepr)
