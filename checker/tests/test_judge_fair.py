"""The judge `fair`: is the suite green on every correct implementation?"""

from __future__ import annotations

import pytest

from checker.engine.trial import Ending, Outcome, Place
from checker.findings import Code
from checker.judges.fair import is_fair, judge
from checker.tests.builders import (
    FILE,
    broken,
    codes,
    collect_error,
    evidence,
    id_of,
    outcome,
    report,
    variant,
)


def test_green_everywhere_is_fair() -> None:
    all_green = evidence(correct=((variant("a"), outcome()), (variant("b"), outcome())))
    assert is_fair(all_green)
    assert judge(all_green) == ()


def test_red_on_one_correct_implementation_is_over_specified_at_the_failing_line() -> None:
    red = outcome(report("test_price", message="assert 1 == 2", place=Place(FILE, 9), text="E  assert"))
    found_out = evidence(correct=((variant("a"), outcome()), (variant("b"), red)))
    (found,) = judge(found_out)
    assert not is_fair(found_out)
    assert (found.code, found.place, found.test) == (Code.OVER_SPECIFIED, Place(FILE, 9), id_of("test_price"))
    assert "1 correct implementation that keeps" in found.message
    assert found.detail == "E  assert"


def test_test_that_fails_on_two_implementations_is_told_once_with_the_number() -> None:
    red = outcome(report("test_price"))
    (found,) = judge(evidence(correct=((variant("a"), red), (variant("b"), red))))
    assert "2 correct implementations that keep " in found.message


def test_failing_in_two_phases_on_one_implementation_counts_it_once() -> None:
    red = outcome(report("test_price"), report("test_price", phase="teardown"))
    (found,) = judge(evidence(correct=((variant("a"), red),)))
    assert "1 correct implementation that" in found.message


def test_each_failing_test_is_told() -> None:
    red = outcome(report("test_a"), report("test_b"), tests=("test_a", "test_b"))
    assert {found.test for found in judge(evidence(correct=((variant(), red),)))} == {id_of("test_a"), id_of("test_b")}


@pytest.mark.parametrize("kind", ["failed", "skipped"])
def test_suite_that_cannot_be_collected_on_a_correct_implementation_is_over_specified(kind: str) -> None:
    found_out = evidence(correct=((variant(), outcome(collect_errors=(collect_error(kind),), exit_status=2)),))
    (found,) = judge(found_out)
    assert not is_fair(found_out)
    assert (found.code, found.test) == (Code.OVER_SPECIFIED, FILE)
    assert found.message.endswith("ImportError: no shop")


@pytest.mark.parametrize(("ending", "code"), [(Ending.TIMEOUT, Code.TIMEOUT), (Ending.CUT_SHORT, Code.TRIAL_CUT_SHORT)])
def test_unfinished_on_a_correct_implementation_names_the_running_test(ending: Ending, code: Code) -> None:
    found_out = evidence(correct=((variant(), broken(ending, "test_price")),))
    (found,) = judge(found_out)
    assert (found.code, found.test) == (code, id_of("test_price"))
    assert not is_fair(found_out)


@pytest.mark.parametrize(
    "red", [outcome(exit_status=5, tests=()), outcome(exit_status=3)], ids=["nothing ran", "stopped"]
)
def test_not_green_without_a_failure_is_not_passed_over(red: Outcome) -> None:
    found_out = evidence(correct=((variant(), red),))
    assert not is_fair(found_out)
    assert codes(judge(found_out)) == [Code.OVER_SPECIFIED]


def test_lost_trial_is_held_against_nobody() -> None:
    lost = evidence(correct=((variant(), broken(Ending.LOST)),))
    assert is_fair(lost)
    assert judge(lost) == ()
