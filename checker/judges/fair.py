"""Is the suite green on every correct implementation? (Examplar calls them wheats.)"""

from __future__ import annotations

from collections.abc import Iterator

from ..engine.trial import Ending, Outcome, Report
from ..evidence import Evidence
from ..findings import Code, Finding, finding
from .words import count, reason, test_name


def is_fair(evidence: Evidence) -> bool:
    """True when no correct implementation was red."""
    return all(outcome.green or outcome.ending is Ending.LOST for _, outcome in evidence.correct)


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each test that is red on some correct implementation."""
    red: dict[str, dict[str, Report]] = {}  # test → implementation → what it said there first
    summaries = {each.id: each.summary for each, _ in evidence.correct}
    found: list[Finding] = []
    for implementation, outcome in evidence.correct:
        reports = (*outcome.collect_errors, *outcome.failures())
        if not outcome.green and (outcome.ending is not Ending.COMPLETED or not reports):
            found += _unfinished(outcome)
        for report in reports:
            red.setdefault(report.test, {}).setdefault(implementation.id, report)
    for test, by_implementation in red.items():
        first = next(iter(by_implementation.values()))
        number = count(len(by_implementation), "correct implementation")
        keeps = "keeps" if len(by_implementation) == 1 else "keep"
        summary = next((summaries[each].rstrip(".") for each in by_implementation if summaries[each]), "")
        told = f" One such code: {summary}." if summary else ""
        found.append(
            finding(
                Code.OVER_SPECIFIED,
                f"{test_name(test)} fails on {number} that {keeps} the whole contract: {reason(first)}",
                "It pins down something that the brief leaves open. Assert what the contract promises, "
                f"not how the given code happens to do it.{told}",
                place=first.place,
                test=test,
                # Only what was compared: the lines of a hidden variant are nobody's business.
                detail="\n".join(line for line in first.text.splitlines() if line.startswith("E ")),
            )
        )
    return tuple(found)


def _unfinished(outcome: Outcome) -> Iterator[Finding]:
    name = test_name(outcome.running) or "The suite"
    match outcome.ending:
        case Ending.TIMEOUT:
            yield finding(
                Code.TIMEOUT,
                f"{name} hangs on a correct implementation that is written differently.",
                "Wait for what the contract promises, and bound each wait.",
                test=outcome.running,
            )
        case Ending.CUT_SHORT:
            yield finding(
                Code.TRIAL_CUT_SHORT,
                f"The test process ended before pytest did, during {name}, on a correct implementation.",
                "Look for os._exit, a crash, or something that closes what pytest needs.",
                test=outcome.running,
            )
        case Ending.COMPLETED:
            yield finding(
                Code.OVER_SPECIFIED,
                "On a correct implementation that is written differently, no test fails and pytest still reports "
                f"trouble (exit status {outcome.exit_status}).",
                "Let the same tests run whatever the code looks like inside.",
            )
        case Ending.LOST:
            pass
