"""Is the suite green on every correct implementation? (Examplar calls them wheats.)"""

from __future__ import annotations

from ..engine.trial import Ending, Outcome, Report
from ..evidence import Evidence
from ..findings import Code, Finding, finding
from .words import count, reason, test_name


def is_fair(evidence: Evidence) -> bool:
    """True when no correct implementation was red."""
    return all(outcome.green or outcome.ending is Ending.LOST for _, outcome in evidence.correct)


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each test that is red on some correct implementation."""
    red: dict[str, list[Report]] = {}
    found: list[Finding] = []
    for _, outcome in evidence.correct:
        if outcome.ending in (Ending.TIMEOUT, Ending.CUT_SHORT):
            found.append(_unfinished(outcome))
        for report in (*outcome.collect_errors, *outcome.failures()):
            red.setdefault(report.test, []).append(report)
    for test, reports in red.items():
        number = count(len(reports), "correct implementation")
        found.append(
            finding(
                Code.OVER_SPECIFIED,
                f"{test_name(test)} fails on {number} that keeps the whole contract: {reason(reports[0])}",
                "It pins down something that the brief leaves open. Assert what the contract promises, "
                "not how the given code happens to do it.",
                place=reports[0].place,
                test=test,
                detail=reports[0].text,
            )
        )
    return tuple(found)


def _unfinished(outcome: Outcome) -> Finding:
    name = test_name(outcome.running) or "The suite"
    if outcome.ending is Ending.TIMEOUT:
        return finding(
            Code.TIMEOUT,
            f"{name} hangs on a correct implementation that is written differently.",
            "Wait for what the contract promises, and bound each wait.",
            test=outcome.running,
        )
    return finding(
        Code.TRIAL_CUT_SHORT,
        f"The test process ended before pytest did, during {name}, on a correct implementation.",
        "Look for os._exit, a crash, or something that closes what pytest needs.",
        test=outcome.running,
    )
