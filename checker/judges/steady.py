"""Same result under the other timings; no waiting of its own, no network?"""

from __future__ import annotations

from ..engine.trial import Ending, Observation, Timing
from ..evidence import Evidence
from ..findings import Code, Finding, finding
from .words import reason, test_name

_MEANS = {
    Timing.HOLD: "when work in threads and sockets takes as long as the test's own sleeps",
    Timing.PROMPT: "when work in threads finishes at once",
    Timing.STALL: "when the event loop stalls for a few milliseconds",
}
_WAVERING = 2


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """Findings about time: schedules, sleeps, blocked loops, and the network, whose time is anyone's guess."""
    found: dict[str, Finding] = {}
    for timing, outcome in evidence.timings.items():
        for report in outcome.failures():
            found.setdefault(
                report.test,
                finding(
                    Code.TIMING_DEPENDENT,
                    f"{test_name(report.test)} fails {_MEANS[timing]}: {reason(report)}",
                    "Wait for the event itself (an Event, a Queue, the task), with a bound, not for an amount of time.",
                    place=report.place,
                    test=report.test,
                    detail=report.text,
                ),
            )
        if outcome.ending in (Ending.TIMEOUT, Ending.CUT_SHORT) and outcome.running not in found:
            found[outcome.running] = finding(
                Code.TIMING_DEPENDENT,
                f"{test_name(outcome.running) or 'The suite'} does not come to an end {_MEANS[timing]}.",
                "Wait for the event itself (an Event, a Queue, the task), with a bound, not for an amount of time.",
                test=outcome.running,
            )
    if wavers(evidence):
        for test in evidence.wavering:
            found.setdefault(
                test,
                finding(
                    Code.TIMING_DEPENDENT,
                    f"{test_name(test)} failed once and passed once, in the same order on the same code.",
                    "Find what differs between two runs: time, chance, an unordered collection, a race.",
                    test=test,
                ),
            )
    return (*found.values(), *_observed(evidence))


def wavers(evidence: Evidence) -> bool:
    """Whether correct code was red and green in turn, oftener than a hiccup of the machine would explain."""
    return len(evidence.wavering) >= _WAVERING


def _observed(evidence: Evidence) -> tuple[Finding, ...]:
    found: dict[tuple[object, ...], Finding] = {}
    for seen in evidence.reference.observations:
        told = _finding(seen)
        if told is not None:
            found.setdefault((told.code, told.place), told)
    return tuple(found.values())


def _finding(seen: Observation) -> Finding | None:
    name = test_name(seen.test) or "the suite"
    match seen.code:
        case Code.NETWORK:
            return finding(
                Code.NETWORK,
                f"{name} tries to reach {seen.detail}.",
                "A test may talk to this machine only. Put a double at the edge: a fake, respx, httpx.MockTransport.",
                place=seen.place or seen.born,
                test=seen.test,
            )
        case Code.BLOCKED_LOOP:
            return finding(
                Code.BLOCKED_LOOP,
                f"{name} blocks the event loop ({seen.detail}): nothing else can run meanwhile.",
                "Await an async counterpart, or move the blocking call to a thread with asyncio.to_thread.",
                place=seen.place or seen.born,
                test=seen.test,
            )
        case Code.REAL_SLEEP:
            return finding(
                Code.REAL_SLEEP,
                f"{name} really sleeps: {seen.detail}.",
                "Wait for a signal with a bound, or inject the sleep; a fixed wait is too long or too short.",
                place=seen.place,
                test=seen.test,
            )
        case _:
            return None
