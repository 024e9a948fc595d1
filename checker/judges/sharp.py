"""Does some test fail in its call phase on each mutant? Is each probe passed?

A mutant is *killed* when a test notices it (DeMillo, Lipton and Sayward, 1978). Only a failure in a call phase counts:
an import error, a fixture that breaks or a skip says nothing about the behaviour.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..catalog import Mutant, Probe
from ..engine import reach
from ..engine.trial import Ending, Outcome, Report
from ..evidence import Evidence
from ..findings import BugResult, Code, Finding, Reach, finding
from ..hunt import witnesses
from .words import listed, reason, shortened, test_name


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each bug that escaped and each probe that was not passed."""
    return tuple(_findings(evidence))


def _findings(evidence: Evidence) -> Iterator[Finding]:
    for result, (mutant, outcome) in zip(_mutants(evidence), evidence.mutants, strict=True):
        if result.caught is False:
            yield _escaped(mutant, outcome, result.reach)
        elif result.caught and _is_accident(evidence, mutant, outcome, result):
            yield finding(
                Code.CAUGHT_BY_ACCIDENT,
                f"“{mutant.behaviour}” was caught by {listed([test_name(t) for t in result.caught_by])}, "
                "which never runs the faulty place.",
                "It counts. A test that looks at the behaviour itself would say what is wrong when it fails.",
                bug=mutant.id,
                test=result.caught_by[0],
            )
    for probe, outcome in evidence.probes:
        fault = probe_fault(probe, outcome)
        if fault is not None and outcome.ending is not Ending.LOST:
            yield finding(
                Code.PROBE_FAILED,
                f"{probe.behaviour} ({fault})",
                probe.hints[0] if probe.hints else "",
                bug=probe.id,
            )


def _escaped(mutant: Mutant, outcome: Outcome, reached: Reach) -> Finding:
    if outcome.ending is Ending.TIMEOUT:
        name = test_name(outcome.running) or "the suite"
        return finding(
            Code.TIMEOUT,
            f"With the planted bug “{mutant.behaviour}”, {name} hangs instead of failing.",
            "Bound each wait, for instance with asyncio.timeout: a hang tells nobody what is wrong. With a database, "
            "look for a transaction that an earlier test left open: it may hold a lock.",
            bug=mutant.id,
            test=outcome.running,
        )
    how = {
        Reach.NOT_REACHED: "No test runs the place where it was planted.",
        Reach.REACHED: "Your tests run the faulty place, and none of them notices.",
        Reach.IMPORT: "The faulty line runs when the module is imported, and no test notices.",
        Reach.UNKNOWN: "No test notices.",
    }[reached]
    if outcome.ending is Ending.CUT_SHORT:
        how = "The test process ended before pytest did, so no test could notice."
    elif outcome.collect_errors or outcome.failures("setup"):
        how = "The suite breaks before a test can notice: only a failure in a test's own body counts."
    elif outcome.failures("teardown"):
        how = "Only the clean-up after a test fails: by then the test has passed. Assert in a test's own body."
    return finding(
        Code.BUG_ESCAPED,
        f"A bug planted by the checker got past your tests: “{mutant.behaviour}” {how}",
        mutant.hints[0] if mutant.hints else "",
        bug=mutant.id,
    )


def bugs(evidence: Evidence) -> tuple[BugResult, ...]:
    """What became of every mutant and every probe."""
    probes = (_probe_result(probe, outcome) for probe, outcome in evidence.probes)
    return (*_mutants(evidence), *probes)


def _probe_result(probe: Probe, outcome: Outcome) -> BugResult:
    passed = None if outcome.ending is Ending.LOST else probe_fault(probe, outcome) is None
    return BugResult(probe.id, probe.behaviour, passed, held=probe.held, is_probe=True)


def _mutants(evidence: Evidence) -> tuple[BugResult, ...]:
    return tuple(_result(evidence, mutant, outcome) for mutant, outcome in evidence.mutants)


def _result(evidence: Evidence, mutant: Mutant, outcome: Outcome) -> BugResult:
    catchers = tuple(dict.fromkeys(r.test for r in outcome.failures(None if mutant.startup else "call")))
    broken = mutant.startup and any(error.outcome == "failed" for error in outcome.collect_errors)
    caught: bool | None = bool(catchers) or broken
    if outcome.ending is Ending.CUT_SHORT:
        caught, catchers = False, ()
    elif outcome.ending is Ending.LOST:
        caught, catchers = None, ()
    elif outcome.ending is Ending.TIMEOUT:
        catchers = catchers[:1]  # how many more there would be, or were in time, is chance
    place = evidence.place(mutant)
    first = set(witnesses(evidence, mutant))
    if not first.isdisjoint(catchers):
        catchers = tuple(test for test in catchers if test in first)  # the others fell over what these left
    return BugResult(mutant.id, mutant.behaviour, caught, _reach(evidence, place), catchers, held=mutant.held)


def _reach(evidence: Evidence, place: reach.BugPlace) -> Reach:
    if not place.points.isdisjoint(frozenset[int]().union(*evidence.reference.reached.values())):
        return Reach.REACHED
    if place.at_import:
        return Reach.IMPORT
    return Reach.UNKNOWN if place.unknown else Reach.NOT_REACHED


def _is_accident(evidence: Evidence, mutant: Mutant, outcome: Outcome, result: BugResult) -> bool:
    """True where no catcher comes by the place, with the bug or without: what was refused may get in with it."""
    place = evidence.place(mutant)
    if place.at_import or place.unknown or not result.caught_by:
        return False
    let_in = outcome.reaching(evidence.place(mutant, within=True).points)
    return {*evidence.reference.reaching(place.points), *let_in}.isdisjoint(result.caught_by)


def lines(evidence: Evidence) -> dict[tuple[str, int], bool]:
    """Every line inside functions of the modules under test, and whether some test ran it on the reference."""
    ran = frozenset[int]().union(*evidence.reference.reached.values())
    numbers = reach.first_numbers(evidence.suite.implementation)
    found: dict[tuple[str, int], bool] = {}
    for path, first in numbers.items():
        if path.endswith(".py") and path in evidence.exercise.given:
            for index, statement in enumerate(reach.statements(evidence.exercise.given[path].decode())):
                key = (path, statement.line)
                if statement.is_code:
                    found[key] = found.get(key, False) or first + index in ran
    return found


def probe_fault(probe: Probe, outcome: Outcome) -> str | None:
    """Why a probe was not passed, in a clause; None if it was."""
    match outcome.ending:
        case Ending.TIMEOUT:
            return "the hidden test hangs"
        case Ending.CUT_SHORT:
            return "the hidden test's process ended before pytest did"
        case _:
            pass
    if outcome.collect_errors:
        return f"the hidden test could not be collected: {_first_error(outcome.collect_errors[0])}"
    expected = {(e.test, e.phase): e for e in probe.expect}
    met: set[tuple[str, str]] = set()
    called: set[str] = set()
    for report in outcome.reports:
        if report.phase == "call":
            called.add(report.test)
        hit = next((key for key in expected if _is_named(report.test, key[0]) and key[1] == report.phase), None)
        if hit is not None:
            wanted = expected[hit]
            if report.outcome != wanted.outcome:
                return f"{test_name(report.test)} should have {wanted.outcome}, and {report.outcome}"
            if wanted.match and not re.search(wanted.match, f"{report.message}\n{report.text}"):
                return f"{test_name(report.test)} {report.outcome} for another reason: {reason(report)}"
            met.add(hit)
        elif report.outcome != "passed" or report.xfail:
            when = f" in {report.phase}" if report.phase != "call" else ""
            return f"{test_name(report.test)} {report.outcome}{when}: {reason(report)}"
    if len(met) < len(expected):
        missing = next(key[0] for key in expected if key not in met)
        early = any(_is_named(item.id, missing) for item in outcome.items)
        return f"{missing} did not run" + (": something stops the run early" if early else "")
    if not called:
        return "no hidden test ran"
    ended = {report.test for report in outcome.reports}
    left_out = next((item.id for item in outcome.items if item.id not in ended), None)
    return f"{test_name(left_out)} did not run: something stops the run early" if left_out else None


def _is_named(test: str, name: str) -> bool:
    return test == name or test.endswith(f"::{name}") or test_name(test).partition("[")[0] == name


def _first_error(report: Report) -> str:
    found = [line[2:].strip() for line in report.text.splitlines() if line.startswith("E  ")]
    return shortened((found or report.text.strip().splitlines()[-1:] or ["it broke"])[-1])
