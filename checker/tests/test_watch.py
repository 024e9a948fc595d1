"""Watch mode in a real pseudo-terminal: an hour of work, quick saves, small screens, no keys, no colours."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("needs a pseudo-terminal", allow_module_level=True)

from checker.bench import terminal as pseudo
from checker.bench.terminal import Terminal, joined, saved
from checker.tests.command import Desk, make_desk
from checker.tests.workers import BOX, GREETING

HANGS = """
import asyncio

import pytest


@pytest.mark.asyncio
async def test_waits_for_ever() -> None:
    await asyncio.Event().wait()
"""
RED = """
import pytest

from tiny_greeting import greeting


async def register(name: str) -> bool:
    return name == "Robin"


@pytest.mark.asyncio
async def test_a_member_is_welcomed_back() -> None:
    assert await greeting("Robin", register) == "Welcome, Robin."
"""


@contextlib.contextmanager
def terminal(
    desk: Desk,
    *arguments: str,
    columns: int = 80,
    rows: int = 40,
    environment: Mapping[str, str] | None = None,
    has_input: bool = True,
) -> Iterator[Terminal]:
    """`kata ARGUMENTS` at a desk, in a terminal of its own."""
    known = {k: v for k, v in desk.environment.items() if k not in ("EDITOR", "VISUAL", "NO_COLOR", "FORCE_COLOR")}
    command = [sys.executable, "-m", "checker", *arguments]
    surroundings = known | dict(environment or {})
    with pseudo.terminal(command, desk.folder, surroundings, columns=columns, rows=rows, has_input=has_input) as opened:
        yield opened


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return make_desk(tmp_path)


@pytest.fixture
def solution(desk: Desk) -> str:
    return (desk.course / "solutions" / GREETING / "test_tiny_greeting.py").read_text()


@pytest.fixture
def weak(desk: Desk) -> str:
    return (desk.course / "suites" / GREETING / "false_friends/only_members/test_tiny_greeting.py").read_text()


@pytest.mark.parametrize(
    ("columns", "colours"),
    [
        pytest.param(60, {"NO_COLOR": "1"}, id="60-without-colours"),
        pytest.param(80, {}, id="80"),
        pytest.param(200, {}, id="200"),
    ],
)
def test_an_hour_of_work(desk: Desk, solution: str, weak: str, columns: int, colours: dict[str, str]) -> None:
    with terminal(desk, columns=columns, rows=50, environment=colours) as kata:
        kata.shows(GREETING, "0 of 3 done", "The front desk greets", "Save your file and it is judged.")
        saved(desk.file(), desk.file().read_text() + "\n")
        kata.shows("REJECTED", "never awaited", "Waiting for your next save.")
        kata.press("h")
        kata.shows("Hint", "(1 of 2.")
        kata.press("h")
        kata.shows("Hint", "Before:", "After:")
        saved(desk.file(), weak)
        kata.shows("REJECTED", "1 of 4 bugs caught", "Waiting for your next save.")
        kata.press("m")
        kata.shows("test", "X", "Esc shows it.")
        kata.press("m")
        kata.shows("Waiting for your next save.")
        saved(desk.file(), solution)
        kata.shows("ACCEPTED", "The lesson:", "What our solution adds", "1 of 3 done", "n goes on when you want to")
        kata.press("n")
        kata.shows(BOX, "1 of 3 done")
        kata.press("q")
        assert kata.ends() == 0
        assert max(len(line) for page in kata.pages for line in page.splitlines()) <= columns
        assert ("\x1b[1" in kata.written) is not bool(colours)

    with terminal(desk, columns=columns, rows=50, environment=colours) as kata:  # the next day
        kata.shows(BOX, "1 of 3 done")
        kata.press("l")
        kata.shows("Exercises 3 of 3", "done")
        kata.press("/greet\r\r")
        kata.shows(GREETING, "ACCEPTED")
        kata.press("x")
        kata.shows("Put 01_first/01_greeting back", "(y/n)")
        kata.press("y")
        kata.shows("REJECTED")
    assert "assert greeting(" in desk.file().read_text()
    assert [path.read_text() for path in desk.file().parent.glob("*.bak*")] == [solution]


def test_what_is_new_is_marked(desk: Desk, solution: str, weak: str) -> None:
    desk.started(text=weak)
    with terminal(desk, "watch", rows=60) as kata:
        kata.shows("REJECTED", "1 of 4 bugs caught")
        saved(desk.file(), solution)
        page = joined(kata.shows("ACCEPTED", "4 of 4 bugs caught"))
        assert page.count("new ") == 3
        saved(desk.file(), weak)
        page = joined(kata.shows("REJECTED", "1 of 4 bugs caught"))
        assert page.count("was caught before") == 3


def test_a_save_while_judging_starts_afresh(desk: Desk, solution: str) -> None:
    desk.started(text=HANGS)
    with terminal(desk, "watch") as kata:
        kata.shows("Judging …")
        saved(desk.file(), solution)
        kata.shows("ACCEPTED")
        assert "REJECTED" not in kata.written


def test_a_red_test_is_told_before_any_bug_is_tried(desk: Desk) -> None:
    desk.started(text=RED)
    with terminal(desk, "watch", columns=100) as kata:
        page = kata.shows("REJECTED", "no bug was tried yet", "red-on-reference")
        assert "E       AssertionError" in page
        assert "Welcome back, Robin." in page


def test_an_editor_is_opened_at_the_line(desk: Desk, tmp_path: Path) -> None:
    desk.started(text=RED)
    editor = tmp_path / "editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {tmp_path}/opened\n')
    editor.chmod(0o755)
    with terminal(desk, "watch", "--edit-cmd", f"{editor} {{line}} {{file}}") as kata:
        kata.shows("red-on-reference")
        kata.press("e")
        kata.press("b")
        kata.shows("A name of nothing but spaces")
    line, _, path = (tmp_path / "opened").read_text().strip().partition(" ")
    assert Path(path) == desk.file()
    assert desk.file().read_text().splitlines()[int(line) - 1].lstrip().startswith("assert")


def test_a_small_window_scrolls(desk: Desk, solution: str) -> None:
    desk.started(text=solution)
    with terminal(desk, "watch", rows=10) as kata:
        page = kata.shows("ACCEPTED", "more line")
        assert len(page.splitlines()) <= 10
        kata.press("\x1b[F")
        kata.shows("Every promise of the contract has one test")
        kata.press("m")
        kata.shows("test_")
        kata.press("m")
        kata.shows("Every promise of the contract has one test")


@pytest.mark.parametrize("how", ["q", "ctrl-c", "terminate"])
def test_leaving_puts_the_terminal_back(desk: Desk, how: str) -> None:
    desk.started(text=HANGS)
    with terminal(desk, "watch") as kata:
        kata.shows("Judging …")
        if how == "terminate":
            os.kill(kata.process.pid, signal.SIGTERM)
        else:
            kata.press("q" if how == "q" else "\x03")
        assert kata.ends() == 0
        assert "\x1b[?1049l" in kata.written
        assert "everything is saved" in kata.page
    assert list(desk.temporary.iterdir()) == []


def test_plain_output_never_redraws(desk: Desk, solution: str) -> None:
    with terminal(desk, "--plain", "watch") as kata:
        kata.shows("Save your file and it is judged.")
        saved(desk.file(), solution)
        kata.shows("ACCEPTED")
        kata.press("q")
        assert kata.ends() == 0
        assert "\x1b[H" not in kata.written
        assert "\x1b[?1049h" not in kata.written


def test_without_keys_it_works_by_saves_alone(desk: Desk, solution: str) -> None:
    with terminal(desk, "watch", has_input=False) as kata:
        kata.shows("Keys can't be read here")
        saved(desk.file(), solution)
        kata.shows("ACCEPTED", "Ctrl-C leaves")


def test_polling_sees_a_save(desk: Desk, solution: str) -> None:
    with terminal(desk, "watch", "--poll") as kata:
        kata.shows("Save your file and it is judged.")
        saved(desk.file(), solution)
        kata.shows("ACCEPTED")


def test_two_terminals_do_each_other_no_harm(desk: Desk, solution: str) -> None:
    desk.started(text=solution)
    desk.started(BOX)
    with terminal(desk, "watch", "greeting") as one, terminal(desk, "watch", "open_box") as other:
        _accepted(one)
        _accepted(other)
    text = (desk.workspace / ".kata.toml").read_text()
    assert GREETING in text
    assert BOX in text


def _accepted(kata: Terminal) -> None:
    kata.shows("ACCEPTED")
    kata.press("q")
    assert kata.ends() == 0


def test_a_verdict_that_comes_while_the_brief_is_open_is_told(desk: Desk, weak: str) -> None:
    desk.started(text=weak)
    with terminal(desk, "watch") as kata:
        kata.shows("1 of 4 bugs caught", "Waiting")
        kata.press("b")
        kata.shows("A name of nothing but spaces")
        saved(desk.file(), weak + "\n")
        kata.shows("A name of nothing but spaces", "REJECTED 01_first/01_greeting: 1 of 4 bugs caught Esc shows it.")
        kata.press("\x1b")
        kata.shows("Waiting for your next save.")


def test_pasted_text_is_no_keys(desk: Desk, weak: str) -> None:
    desk.started(text=weak)
    with terminal(desk, "watch") as kata:
        kata.shows("1 of 4 bugs caught", "Waiting")
        kata.press("\x1b[200~xylophone\x1b[201~b")
        kata.shows("A name of nothing but spaces")
    assert desk.file().read_text() == weak


def test_a_reset_says_where_the_text_went(desk: Desk, weak: str) -> None:
    desk.started(text=weak)
    with terminal(desk, "watch") as kata:
        kata.shows("1 of 4 bugs caught", "Waiting")
        kata.press("x")
        kata.shows("(y/n)")
        kata.press("y")
        kata.shows("0 of 4 bugs caught", "Your text is kept as test_tiny_greeting.py.1.bak")
