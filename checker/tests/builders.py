"""Plain values for tests of the judges: a small shop, one test file, and whatever came of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from checker.catalog import Exercise, Implementation, Kind, Mutant, Probe, Suite
from checker.engine.trial import Ending, Item, Observation, Outcome, Place, Report
from checker.evidence import Evidence
from checker.findings import Code, Finding
from checker.submission import Submission

FILE = "test_shop.py"
MODULE = "shop.py"
SHOP = """\
RATE = 5


def price(total, member):
    if member:
        return total - RATE
    return total


def label(total):
    return f"{total} EUR"
"""
SUITE_TEXT = "async def test_price() -> None:\n    assert True\n"


def id_of(name: str) -> str:
    return f"{FILE}::{name}"


def item(name: str, line: int = 1, file: str = FILE) -> Item:
    return Item(f"{file}::{name}", file, line, is_async=True)


def report(name: str, outcome: str = "failed", phase: str = "call", **more: Any) -> Report:
    """How a phase of a test ended: `test_shop.py::NAME`, unless `name` is an id already."""
    return Report(name if ".py::" in name else id_of(name), phase, outcome, **more)


def collect_error(outcome: str = "failed", text: str = "E   ImportError: no shop") -> Report:
    return Report(FILE, "collect", outcome, text=text)


def outcome(*reports: Report, tests: tuple[str, ...] = ("test_price",), **changes: Any) -> Outcome:
    """A trial in which `tests` were collected. Those without a report of their own passed."""
    told = {each.test for each in reports}
    passed = tuple(report(name, "passed") for name in tests if id_of(name) not in told)
    failed = any(each.outcome == "failed" for each in reports)
    whole = {
        "ending": Ending.COMPLETED,
        "exit_status": int(failed),
        "items": tuple(item(name, line) for line, name in enumerate(tests, 1)),
        "reports": (*passed, *reports),
    }
    return Outcome(**{**whole, **changes})


def broken(ending: Ending, running: str = "") -> Outcome:
    """A trial that did not come to its end."""
    return Outcome(ending, running=id_of(running) if running else "")


def seen(code: str, name: str = "test_price", line: int | None = 3, **more: Any) -> Observation:
    place = None if line is None else Place(FILE, line)
    return Observation(code, id_of(name) if name else "", place, **more)


def exercise(**changes: Any) -> Exercise:
    whole = {
        "id": "01_shop/01_price",
        "title": "A price",
        "kind": Kind.BROKEN_TEST,
        "edit": (FILE,),
        "optional": (),
        "minutes": 5,
        "tracks": (),
        "allow_strict_xfail": False,
        "craft": (),
        "severity": {},
        "given": {MODULE: SHOP.encode()},
        "starter": {},
        "brief": "",
    }
    return Exercise(**{**whole, **changes})


def suite(**changes: Any) -> Suite:
    names = ("mutants", "equivalents", "variants", "probes", "false_friends", "accepted", "witnesses")
    return Suite(**{"exercise": "01_shop/01_price", "lesson": "", **dict.fromkeys(names, ()), **changes})


def mutant(name: str = "too_cheap", find: str = "return total\n", replace: str = "return 0\n", **more: Any) -> Mutant:
    """A bug in the shop, made by an edit."""
    assert SHOP.count(find) == 1
    text = SHOP.replace(find, replace).encode()
    return Mutant(**{"id": name, "files": {MODULE: text}, "behaviour": "The price is wrong.", **more})


def variant(name: str = "other_words") -> Implementation:
    return Implementation(name, {MODULE: SHOP.encode()})


def probe(name: str = "fake_keeps_order", **more: Any) -> Probe:
    return Probe(**{"id": name, "behaviour": "The fake keeps the order.", "files": {}, **more})


def submission(text: str = SUITE_TEXT, **changes: Any) -> Submission:
    whole = {"exercise": "01_shop/01_price", "files": {FILE: text.encode()}}
    return Submission(**{**whole, **changes})


def evidence(reference: Outcome | None = None, **changes: Any) -> Evidence:
    """What was found out: a green suite of one test, unless told otherwise."""
    mutants: Mapping[str, Any] = {"mutants": tuple(each for each, _ in changes.get("mutants", ()))}
    whole = {
        "exercise": exercise(),
        "suite": suite(**mutants),
        "submission": submission(),
        "reference": reference or outcome(),
    }
    return Evidence(**{**whole, **changes})


def codes(found: tuple[Finding, ...]) -> list[Code]:
    return [each.code for each in found]
