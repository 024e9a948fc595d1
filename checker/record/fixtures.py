"""How long fixtures live, and on which event loop: from a run of pytest on one file."""

from __future__ import annotations

import asyncio
import functools
import inspect
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

_PLUGINS = ("_pytest", "pytest_asyncio", "anyio")


class Lives:
    """A plugin that notes, in order, when each test and fixture begins and ends, and the number of its loop."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.outcomes: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self._loops: list[asyncio.AbstractEventLoop] = []
        self._watching: list[Any] = []

    def _loop(self) -> int:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return 0
        if loop not in self._loops:
            self._loops.append(loop)
        return self._loops.index(loop) + 1

    def note(self, what: str, name: str, scope: str = "", loop: int = 0) -> None:
        self.events.append({"what": what, "name": name, "scope": scope, "loop": loop})

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> Iterator[None]:
        name, scope = fixturedef.argname, fixturedef.scope
        is_ours = not fixturedef.func.__module__.startswith(_PLUGINS) and not name.startswith("_")
        if is_ours and fixturedef not in self._watching:
            self._watching.append(fixturedef)
            fixturedef.func = self._watched(fixturedef.func, name, scope)
        return (yield)

    def _watched(self, function: Any, name: str, scope: str) -> Any:
        """The fixture's function, noting its loop where it runs."""
        lives = self
        if inspect.isasyncgenfunction(function):

            @functools.wraps(function)
            async def asyncgen(*args: Any, **kwargs: Any) -> Any:
                lives.note("set up", name, scope, lives._loop())
                async for value in function(*args, **kwargs):
                    yield value
                lives.note("torn down", name, scope, lives._loop())

            return asyncgen
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def coroutine(*args: Any, **kwargs: Any) -> Any:
                lives.note("set up", name, scope, lives._loop())
                return await function(*args, **kwargs)

            return coroutine
        if inspect.isgeneratorfunction(function):

            @functools.wraps(function)
            def generator(*args: Any, **kwargs: Any) -> Any:
                lives.note("set up", name, scope)
                yield from function(*args, **kwargs)
                lives.note("torn down", name, scope)

            return generator

        @functools.wraps(function)
        def plain(*args: Any, **kwargs: Any) -> Any:
            lives.note("set up", name, scope)
            return function(*args, **kwargs)

        return plain

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
                item.obj = self._noting_its_loop(item.obj, item.name)

    def _noting_its_loop(self, function: Any, name: str) -> Any:
        @functools.wraps(function)
        async def watched(*args: Any, **kwargs: Any) -> Any:
            begun = next(event for event in reversed(self.events) if event["name"] == name)
            begun["loop"] = self._loop()
            return await function(*args, **kwargs)

        return watched

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Iterator[None]:
        self.note("begins", pyfuncitem.name)
        try:
            return (yield)
        finally:
            self.note("ends", pyfuncitem.name)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        name = report.nodeid.rpartition("::")[2]
        if report.when == "call" or report.failed:
            self.outcomes.setdefault(name, report.outcome)
            if report.failed:
                self.outcomes[name] = "failed"
                crash = getattr(report.longrepr, "reprcrash", None)
                self.errors[name] = crash.message.splitlines()[0] if crash is not None else ""


def record_fixtures(file: Path) -> dict[str, Any]:
    """Run the tests of one file, and say when each fixture lived."""
    lives = Lives()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    options = ["-q", "-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider", "--rootdir", str(file.parent)]
    with redirect_stdout(StringIO()):
        pytest.main([*options, str(file)], plugins=[lives])
    return {"events": lives.events, "outcomes": lives.outcomes, "errors": lives.errors}
