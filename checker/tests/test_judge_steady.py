"""The judge `steady`: the same result under the other timings; no waiting of its own, no network?"""

from __future__ import annotations

import pytest

from checker.engine.trial import Ending, Place, Timing
from checker.findings import Code, Severity
from checker.judges.steady import judge
from checker.tests.builders import FILE, MODULE, broken, codes, evidence, id_of, outcome, report, seen

RED = outcome(report("test_price", message="assert 0", place=Place(FILE, 4)))


def test_steady_suite_has_no_findings() -> None:
    assert judge(evidence(timings={timing: outcome() for timing in Timing})) == ()


@pytest.mark.parametrize(
    ("timing", "words"),
    [(Timing.HOLD, "as long as"), (Timing.PROMPT, "finishes at once"), (Timing.STALL, "stalls")],
)
def test_failure_under_a_timing_says_what_that_timing_means(timing: Timing, words: str) -> None:
    (found,) = judge(evidence(timings={timing: RED}))
    assert (found.code, found.place, found.test) == (Code.TIMING_DEPENDENT, Place(FILE, 4), id_of("test_price"))
    assert words in found.message
    assert found.message.endswith("assert 0")


def test_test_that_fails_under_two_timings_is_told_once() -> None:
    assert len(judge(evidence(timings={Timing.HOLD: RED, Timing.STALL: RED}))) == 1


@pytest.mark.parametrize("ending", [Ending.TIMEOUT, Ending.CUT_SHORT])
def test_timing_under_which_the_suite_does_not_end_is_told(ending: Ending) -> None:
    (found,) = judge(evidence(timings={Timing.HOLD: broken(ending, "test_price")}))
    assert (found.code, found.test) == (Code.TIMING_DEPENDENT, id_of("test_price"))
    assert "does not come to an end" in found.message


def test_lost_timing_says_nothing() -> None:
    assert judge(evidence(timings={Timing.HOLD: broken(Ending.LOST)})) == ()


def test_one_wavering_test_may_be_a_hiccup_of_the_machine() -> None:
    assert judge(evidence(wavering=(id_of("test_a"),))) == ()


def test_two_wavering_tests_are_no_hiccup() -> None:
    found = judge(evidence(wavering=(id_of("test_a"), id_of("test_b"))))
    assert codes(found) == [Code.TIMING_DEPENDENT] * 2
    assert [each.test for each in found] == [id_of("test_a"), id_of("test_b")]


@pytest.mark.parametrize(
    ("code", "severity"),
    [
        (Code.NETWORK, Severity.BLOCKS),
        (Code.BLOCKED_LOOP, Severity.BLOCKS),
        (Code.REAL_SLEEP, Severity.NOTE),
    ],
)
def test_observation_is_told_in_its_words_and_with_its_usual_severity(code: Code, severity: Severity) -> None:
    (found,) = judge(evidence(outcome(observations=(seen(code, line=6, detail="what was seen"),))))
    assert (found.code, found.severity, found.place) == (code, severity, Place(FILE, 6))
    assert "what was seen" in found.message


@pytest.mark.parametrize("code", [Code.NETWORK, Code.BLOCKED_LOOP])
def test_place_in_the_implementation_will_do_where_the_suite_has_none(code: Code) -> None:
    (found,) = judge(evidence(outcome(observations=(seen(code, line=None, born=Place(MODULE, 5)),))))
    assert found.place == Place(MODULE, 5)


def test_one_line_is_told_once() -> None:
    both = (seen(Code.REAL_SLEEP, "test_a"), seen(Code.REAL_SLEEP, "test_b"))
    assert len(judge(evidence(outcome(observations=both)))) == 1


def test_observations_of_other_judges_are_left_to_them() -> None:
    assert judge(evidence(outcome(observations=(seen(Code.NEVER_AWAITED),)))) == ()
