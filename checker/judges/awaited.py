"""On the reference: did every coroutine, mock call and task that the suite started get awaited?"""

from __future__ import annotations

from ..engine.trial import Observation
from ..evidence import Evidence
from ..findings import Code, Finding, finding
from .words import test_name

_CODES = {
    Code.NEVER_AWAITED,
    Code.MOCK_NEVER_AWAITED,
    Code.LOST_TASK_EXCEPTION,
    Code.PENDING_TASK,
    Code.NOT_REALLY_ASYNC,
}


def judge(evidence: Evidence) -> tuple[Finding, ...]:
    """One finding for each line that starts something which nobody awaits."""
    found: dict[tuple[object, ...], Finding] = {}
    for seen in evidence.reference.observations:
        if seen.code in _CODES:
            told = _finding(Code(seen.code), seen)
            found.setdefault((told.code, told.place, told.test if told.place is None else ""), told)
    # A test that never ran as a coroutine explains everything else that went missing in it.
    hollow = {f.test for f in found.values() if f.code is Code.NOT_REALLY_ASYNC}
    return tuple(f for f in found.values() if f.code is Code.NOT_REALLY_ASYNC or f.test not in hollow)


def _finding(code: Code, seen: Observation) -> Finding:
    name = test_name(seen.test) or "the suite"
    place = seen.place or seen.born
    what = f"{seen.detail}(…)" if seen.detail else "A coroutine"
    match code:
        case Code.NEVER_AWAITED:
            message = f"{what} was called and never awaited. Its body did not run, and a coroutine is always true."
            advice = "Await the call, then assert on the value that comes back."
        case Code.MOCK_NEVER_AWAITED:
            message = "A call of an AsyncMock was never awaited. A call alone does nothing yet."
            if seen.place is None and seen.born is not None:
                message = (
                    f"In {name}, {seen.born.file}:{seen.born.line} calls a mock that hands back a coroutine, "
                    "and nothing awaits it: the double is async where the real thing is not."
                )
            advice = (
                "Await it; or, if the real method is not async, use a Mock in its place (autospec gets that right)."
            )
        case Code.LOST_TASK_EXCEPTION:
            message = f"A task started in {name} ended with {seen.detail}, and nobody ever looked."
            advice = "Await the task (or gather the tasks), so that its exception reaches the test."
        case Code.PENDING_TASK:
            message = f"A task ({seen.detail}) started in {name} was still running when its event loop was closed."
            advice = "Await the task, or cancel it and await it, before the test or its fixture ends."
        case _:
            message = f"{name} is async, but nobody awaits it: its body never ran."
            if seen.detail == "an async generator":
                message = f"{name} contains a yield, which makes it an async generator: its body never ran."
            advice = (
                "Make it a plain async function with the asyncio (or anyio) marker. "
                "unittest.TestCase does not await its methods; IsolatedAsyncioTestCase does."
            )
    return finding(code, message, advice, place=place, test=seen.test)
