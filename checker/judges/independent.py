"""Does every test give the same result in every order, alone, and twice?"""

from __future__ import annotations

from ..engine.trial import Ending, Order, Outcome, Place, Plan
from ..evidence import Disorder, Evidence
from ..findings import Code, Finding, finding
from .words import reason, test_name


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each test whose result depends on the others, or that a second run turns red."""
    found: dict[str, Finding] = {}
    named = {disorder.test: disorder for disorder in evidence.disorders}
    for plan, outcome in evidence.orders:
        for report in outcome.failures():
            if report.test not in found:
                told = _disorder(named.get(report.test), plan, report.test)
                advice = (
                    "Give each test its own state: build it in the test or in a function-scoped fixture that cleans up."
                )
                found[report.test] = finding(
                    Code.ORDER_DEPENDENT,
                    f"{told}: {reason(report)}",
                    advice,
                    place=report.place,
                    test=report.test,
                    detail=report.text,
                )
        if outcome.ending in (Ending.TIMEOUT, Ending.CUT_SHORT) and outcome.running not in found:
            found[outcome.running] = _unfinished(evidence, plan, outcome)
    return (*found.values(), *_twice(evidence))


def _disorder(known: Disorder | None, plan: Plan, test: str) -> str:
    name = test_name(test)
    if known is not None and known.partner and known.needs:
        return f"{name} fails alone; it needs {test_name(known.partner)} to run before it"
    if known is not None and known.partner:
        return f"{name} fails after {test_name(known.partner)}"
    return f"{name} {_when(plan)}"


def _when(plan: Plan) -> str:
    if len(plan.select) > 1:
        return "fails when only some of the tests run"
    if plan.select:
        return "fails when it runs alone"
    where = "in reversed order" if plan.order is Order.REVERSED else f"in a shuffled order (seed {plan.seed})"
    return f"fails {where}"


def _unfinished(evidence: Evidence, plan: Plan, outcome: Outcome) -> Finding:
    name = test_name(outcome.running) or "The suite"
    how = _when(plan).replace("fails", "does not come to an end")
    code = Code.TIMEOUT if outcome.ending is Ending.TIMEOUT else Code.TRIAL_CUT_SHORT
    place = next((Place(i.file, i.line) for i in evidence.reference.items if i.id == outcome.running), None)
    return finding(
        code, f"{name} {how}.", "Bound each wait, and give each test its own state.", place=place, test=outcome.running
    )


def _twice(evidence: Evidence) -> tuple[Finding, ...]:
    twice = evidence.twice
    if twice is None:
        return ()
    found: dict[str, Finding] = {}
    for report in twice.failures():
        found.setdefault(
            report.test,
            finding(
                Code.LEAVES_STATE_BEHIND,
                f"{test_name(report.test)} passes once, and fails when the suite runs again in the same process: "
                f"{reason(report)}",
                "Something outlives a run: a module global, a cache, a class attribute or a file. "
                "Put it back after each test.",
                place=report.place,
                test=report.test,
                detail=report.text,
            ),
        )
    if not found and twice.ending in (Ending.TIMEOUT, Ending.CUT_SHORT):
        return (
            finding(
                Code.LEAVES_STATE_BEHIND,
                "The suite does not come to an end when it runs again in the same process, "
                f"at {test_name(twice.running)}.",
                "Something outlives a run: a module global, a cache, a lock. Put it back after each test.",
                test=twice.running,
            ),
        )
    return tuple(found.values())
