"""Verdicts for programs: JSON, annotations for GitHub's workflows, and JUnit's XML. Made from values."""

from __future__ import annotations

import platform
import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from .. import __version__
from ..findings import Finding, Severity, Verdict, VerdictKind


def as_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as the object that `check --format json` prints."""
    return {
        "format": 1,
        "exercise": verdict.exercise,
        "verdict": verdict.kind.value,
        "score": verdict.score,
        "findings": [_finding_json(f) for f in verdict.findings],
        "bugs": [
            {
                "id": bug.id,
                "behaviour": bug.behaviour,
                "caught": bug.caught,
                "reach": bug.reach.value,
                "caught_by": list(bug.caught_by),
            }
            for bug in verdict.bugs
        ],
        "tests": [{"id": test.id, "outcome": test.outcome, "catches": list(test.catches)} for test in verdict.tests],
        "coverage": None
        if verdict.coverage is None
        else {"lines_run": verdict.coverage.run, "lines": verdict.coverage.all},
        "notes": list(verdict.notes),
        "trials": verdict.trials,
        "duration_s": round(verdict.duration_s, 3),
        "seed": verdict.seed,
        "versions": {"course": __version__, "python": platform.python_version()},
    }


def _finding_json(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code.value,
        "severity": found.severity.value,
        "judge": found.judge.value,
        "file": found.place.file if found.place else None,
        "line": found.place.line if found.place else None,
        "test": found.test or None,
        "bug": found.bug or None,
        "message": found.message,
        "advice": found.advice,
    }


def github(verdict: Verdict, folder: Path, files: Sequence[str]) -> Iterable[str]:
    """Workflow commands: one annotation a finding, at its line or at the top of the file that is judged.

    Form: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
    """
    for found in verdict.findings:
        level = "error" if found.severity is Severity.BLOCKS else "notice"
        path = _below_here(folder / (found.place.file if found.place else files[0]))
        where = f"file={_property(path)},line={found.place.line if found.place else 1}"
        told = f"{found.message} {found.advice}".rstrip()
        yield f"::{level} {where},title={_property(f'{verdict.exercise}: {found.code}')}::{_data(told)}"


def _below_here(path: Path) -> str:
    try:
        return path.relative_to(Path.cwd()).as_posix()
    except ValueError:
        return path.as_posix()


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(verdicts: Iterable[Verdict]) -> str:
    """JUnit's XML: a suite an exercise; a case for each bug or probe, and one for each other finding that blocks."""
    root = Xml.Element("testsuites", name="kata")
    for verdict in verdicts:
        cases = [_bug_case(verdict, bug.behaviour, bug.caught) for bug in verdict.bugs]
        by_bug = {bug.id for bug in verdict.bugs}
        cases += [_finding_case(verdict, found) for found in verdict.blocking if found.bug not in by_bug]
        if not cases:
            cases = [_bug_case(verdict, "judged", True if verdict.kind is not VerdictKind.INCONCLUSIVE else None)]
        suite = Xml.SubElement(
            root,
            "testsuite",
            name=verdict.exercise,
            tests=str(len(cases)),
            failures=str(sum(case.find("failure") is not None for case in cases)),
            errors="0",
            skipped=str(sum(case.find("skipped") is not None for case in cases)),
            time=f"{verdict.duration_s:.3f}",
        )
        suite.extend(cases)
    Xml.indent(root)
    return Xml.tostring(root, encoding="unicode", xml_declaration=True)


def _bug_case(verdict: Verdict, behaviour: str, caught: bool | None) -> Xml.Element:
    case = Xml.Element("testcase", classname=verdict.exercise, name=_printable(behaviour))
    if caught is None:
        Xml.SubElement(case, "skipped", message="undecided")
    elif not caught:
        Xml.SubElement(case, "failure", message="gets past the tests")
    return case


def _finding_case(verdict: Verdict, found: Finding) -> Xml.Element:
    case = Xml.Element("testcase", classname=verdict.exercise, name=str(found.code))
    if found.place:
        case.attrib |= {"file": found.place.file, "line": str(found.place.line)}
    failure = Xml.SubElement(case, "failure", message=_printable(found.message))
    failure.text = _printable(f"{found.advice}\n{found.detail}".strip())
    return case


def _printable(text: str) -> str:
    """What XML can hold: a failing test may print anything."""
    return _UNPRINTABLE.sub("", text)


_UNPRINTABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
