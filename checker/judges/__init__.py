"""The judges: each a pure function from evidence to findings."""

from __future__ import annotations

from .. import findings
from ..evidence import Evidence
from ..findings import BugResult, Coverage, Finding, Severity, TestResult, Verdict, VerdictKind
from . import awaited, craft, fair, independent, ran, sharp, steady, tidy

_AFTER_GREEN = (awaited, fair, independent, steady, sharp, tidy, craft)
_ON_RED = (awaited, steady, tidy)  # what the recorder saw may be why the suite is red
_ORDER = list(findings.Judge)


def judged(evidence: Evidence) -> Verdict:
    """The verdict on a submission. Only `blocks` findings reject; with a trial left undecided, none is accepted."""
    found = list(ran.judge(evidence))
    found = [_graded(each, evidence) for each in found]
    green = evidence.reference.green and not any(f.severity is Severity.BLOCKS for f in found)
    bugs: tuple[BugResult, ...] = ()
    if evidence.reference.green:
        for judge in _AFTER_GREEN:
            found += judge.judge(evidence)
        bugs = sharp.bugs(evidence)
    else:
        for judge in _ON_RED:
            found += judge.judge(evidence)
    found = [_graded(each, evidence) for each in dict.fromkeys(found)]
    found.sort(key=lambda f: (f.severity is Severity.NOTE, _ORDER.index(f.judge)))
    blocks = any(f.severity is Severity.BLOCKS for f in found)
    kind = VerdictKind.ACCEPTED
    if blocks:
        kind = VerdictKind.REJECTED
    elif evidence.undecided:
        kind = VerdictKind.INCONCLUSIVE
    return Verdict(
        exercise=evidence.exercise.id,
        kind=kind,
        score=_score(evidence, bugs, green),
        findings=tuple(found),
        bugs=bugs,
        tests=_tests(evidence, bugs),
        coverage=_coverage(evidence) if evidence.reference.green else None,
        trials=evidence.trials,
        duration_s=evidence.duration_s,
        seed=evidence.seed,
        lesson=evidence.suite.lesson,
        notes=tuple(
            f"{path} is not one of the files of this exercise, so it was not used."
            for path in evidence.submission.ignored
        ),
    )


def _graded(found: Finding, evidence: Evidence) -> Finding:
    """A finding with the severity that the exercise gives its code."""
    severity = evidence.exercise.severity.get(found.code, found.severity)
    return Finding(
        found.code,
        found.message,
        found.advice,
        found.place,
        found.test,
        found.bug,
        severity,
        found.detail,
    )


def _score(evidence: Evidence, bugs: tuple[BugResult, ...], green: bool) -> int | None:
    if evidence.undecided:
        return None
    if not green or not fair.is_fair(evidence) or steady.wavers(evidence):
        return 0
    return 100 * sum(1 for bug in bugs if bug.caught) // len(bugs) if bugs else 100


def _tests(evidence: Evidence, bugs: tuple[BugResult, ...]) -> tuple[TestResult, ...]:
    outcomes: dict[str, str] = {item.id: "not run" for item in evidence.reference.items}
    for report in evidence.reference.reports:
        if report.outcome != "passed" or report.phase == "call":
            outcomes[report.test] = report.outcome
    return tuple(
        TestResult(test, outcome, tuple(bug.id for bug in bugs if test in bug.caught_by))
        for test, outcome in outcomes.items()
    )


def _coverage(evidence: Evidence) -> Coverage | None:
    lines = sharp.lines(evidence)
    return Coverage(sum(lines.values()), len(lines)) if lines else None
