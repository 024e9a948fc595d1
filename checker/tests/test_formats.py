"""Verdicts for other programs: each form is read back as its readers would."""

from __future__ import annotations

import re
import xml.etree.ElementTree as Xml
from pathlib import Path

import pytest

from checker.cli.formats import as_json, github, junit
from checker.engine.trial import Place
from checker.findings import BugResult, Code, Verdict, VerdictKind, finding

PLACE = Place("test_x.py", 7)
REJECTED = Verdict(
    "chapter/ex",
    VerdictKind.REJECTED,
    50,
    (
        finding(Code.NEVER_AWAITED, "50% was\nnever awaited.", "Await it.", place=PLACE, detail="\x1b[31mred\x00"),
        finding(Code.BUG_ESCAPED, "“Late.” gets past.", bug="late"),
        finding(Code.REAL_SLEEP, "sleeps", place=PLACE),
    ),
    (BugResult("early", "Early <&>.", True), BugResult("late", "Late.", False), BugResult("odd", "Odd.", None)),
)
ACCEPTED = Verdict("chapter/other", VerdictKind.ACCEPTED, 100)


def test_github_gets_one_line_a_finding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = list(github(REJECTED, tmp_path / "work", ["test_main.py"]))
    assert lines == [
        "::error file=work/test_x.py,line=7,title=chapter/ex%3A never-awaited::50%25 was%0Anever awaited. Await it.",
        "::error file=work/test_main.py,line=1,title=chapter/ex%3A bug-escaped::“Late.” gets past.",
        "::notice file=work/test_x.py,line=7,title=chapter/ex%3A real-sleep::sleeps",
    ]
    assert all(re.fullmatch(r"::(error|notice) file=[^,]+,line=\d+,title=[^:]+::.+", line) for line in lines)


def test_junit_counts_its_cases() -> None:
    root = Xml.fromstring(junit([REJECTED, ACCEPTED]).encode())
    first, second = root.findall("testsuite")
    told = [(case.get("name"), [child.tag for child in case]) for case in first.findall("testcase")]
    assert told == [("Early <&>.", []), ("Late.", ["failure"]), ("Odd.", ["skipped"]), ("never-awaited", ["failure"])]
    assert (first.get("tests"), first.get("failures"), first.get("skipped")) == ("4", "2", "1")
    assert (second.get("tests"), second.get("failures")) == ("1", "0")


def test_junit_holds_whatever_a_test_prints() -> None:
    (failure,) = Xml.fromstring(junit([REJECTED]).encode()).findall(".//testcase[@file='test_x.py']/failure")
    assert failure.text == "Await it.\n[31mred"


def test_json_has_a_place_for_each_finding() -> None:
    told = as_json(REJECTED)
    assert [(f["file"], f["line"]) for f in told["findings"]] == [("test_x.py", 7), (None, None), ("test_x.py", 7)]
