"""A verdict with many bugs is told in a few lines: what matters first, and how to see the others."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.console import Console

from checker.changes import Changes
from checker.cli.show import BUGS_SHOWN, show_verdict
from checker.findings import BugResult, Verdict, VerdictKind

MANY = 20


def told(*, escaped: int = 0, caught: int = 0, new: Changes | None = None, everything: bool = False) -> str:
    bugs = [BugResult(f"e{number}", f"Gap {number}.", False) for number in range(escaped)]
    bugs += [
        BugResult(f"c{number}", f"Bug {number}.", True, caught_by=("test_x.py::test_x",)) for number in range(caught)
    ]
    console = Console(file=io.StringIO(), width=200, record=True)
    verdict = Verdict("a/b", VerdictKind.REJECTED, 0, bugs=tuple(bugs))
    show_verdict(console, verdict, Path(), everything=everything, new=new or Changes())
    return console.export_text()


def test_of_many_gaps_the_first_few_are_told() -> None:
    text = told(escaped=MANY, caught=1)
    assert [f"Gap {number}." in text for number in (0, BUGS_SHOWN - 1, BUGS_SHOWN)] == [True, True, False]
    assert f"and {MANY - BUGS_SHOWN} more (--all tells them)" in text
    assert "Bug 0." in text


def test_a_few_more_than_few_are_all_told() -> None:
    text = told(escaped=BUGS_SHOWN + 2)
    assert f"Gap {BUGS_SHOWN + 1}." in text
    assert "more" not in text


def test_everything_is_everything() -> None:
    text = told(escaped=MANY, caught=MANY, everything=True)
    assert f"Gap {MANY - 1}." in text
    assert f"Bug {MANY - 1}." in text


def test_what_was_caught_before_is_always_told() -> None:
    lost = frozenset(f"e{number}" for number in range(5, 5 + BUGS_SHOWN + 3))
    text = told(escaped=MANY, new=Changes(lost=lost))
    assert text.count("was caught before") == len(lost)
    assert "Gap 0." not in text


@pytest.mark.parametrize("number", [MANY, MANY - 3])
def test_of_many_new_ones_the_number_is_told(number: int) -> None:
    text = told(caught=MANY, new=Changes(caught=frozenset(f"c{n}" for n in range(number))))
    assert f"and {MANY - BUGS_SHOWN} more, {number - BUGS_SHOWN} of them new (--all tells them)" in text
