"""Windows by simulation: no fork, no terminal modules, narrow encodings, its console's keys, its paths."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterator
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from checker.cli.editor import opening
from checker.cli.watch import keys
from checker.tests.command import Desk, make_desk
from checker.tests.workers import GREETING

# The program as it runs where these modules and functions are missing.
WITHOUT = """
import os, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name in {"termios", "tty", "fcntl", "pty", "resource", "pwd", "grp"}:
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Blocked())
for name in ("fork", "killpg", "setsid", "openpty", "getuid", "geteuid"):
    vars(os).pop(name, None)
from checker.cli.main import run
sys.argv[0] = "kata"
run()
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.mark.parametrize("command", [["list"], ["brief", GREETING], ["doctor"], ["explain", "skipped"], []])
def test_what_judges_nothing_needs_none_of_it(desk: Desk, command: list[str]) -> None:
    done = desk.run(*command, program=WITHOUT)
    assert (done.status, "Traceback" in done.err) == (0, False)


def test_a_verdict_is_the_same_in_new_processes(desk: Desk) -> None:
    desk.started()
    forked = desk.run("check", "--json", GREETING).verdict
    fresh = desk.run("check", "--json", GREETING, program=WITHOUT).verdict
    assert fresh["verdict"] == forked["verdict"] == "accepted"
    assert fresh["bugs"] == forked["bugs"]


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "utf-8-sig"])
def test_a_console_that_lacks_characters_still_gets_the_rest(desk: Desk, encoding: str) -> None:
    surroundings = desk.environment | {"PYTHONIOENCODING": encoding}
    done = desk.run("check", GREETING, env=surroundings, encoding="latin-1")
    assert "REJECTED" in done.out
    assert "Traceback" not in done.err


@pytest.fixture
def console(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A Windows console on which these characters are typed; then nothing more."""
    typed: list[str] = []
    fake = SimpleNamespace(kbhit=lambda: bool(typed), getwch=lambda: typed.pop(0))
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.setattr(os, "name", "nt")
    yield typed
    monkeypatch.undo()


async def _first(count: int) -> list[str]:
    found = []
    async for key in keys.pressed():
        found.append(key)
        if len(found) == count:
            break
    return found


@pytest.mark.asyncio
async def test_keys_of_a_windows_console_have_names(console: list[str]) -> None:
    console.extend("h\xe0H\x00P\r\x08\xe0Zé")
    async with asyncio.timeout(10):
        assert await _first(6) == ["h", "up", "down", "enter", "backspace", "é"]


@pytest.mark.asyncio
async def test_ctrl_c_of_a_windows_console_stops(console: list[str]) -> None:
    console.append("\x03")
    with pytest.raises(KeyboardInterrupt):
        await _first(1)


def test_an_editor_with_backslashes_in_its_path_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.cli.editor.os", SimpleNamespace(name="nt", environ={}))
    monkeypatch.setattr("checker.cli.editor.Path", PureWindowsPath)
    found = opening(Path("work/test_x.py"), 3, wanted=r"C:\Tools\code.exe", environ={})
    assert found is not None
    assert found.arguments == (r"C:\Tools\code.exe", "--goto", "work/test_x.py:3")
