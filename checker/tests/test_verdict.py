"""From findings to a verdict: what rejects, what is only told, what leaves it open, and the score."""

from __future__ import annotations

import pytest

from checker.engine.trial import Ending, Order, Outcome, Plan, Timing
from checker.evidence import Evidence
from checker.findings import JUDGE_OF, Code, Severity, VerdictKind, expectation, finding
from checker.judges import judged
from checker.tests.builders import (
    broken,
    codes,
    collect_error,
    evidence,
    exercise,
    id_of,
    mutant,
    outcome,
    probe,
    report,
    seen,
    submission,
    variant,
)

CAUGHT = outcome(report("test_price"))
RED = CAUGHT
REACHED = {id_of("test_price"): frozenset(range(10))}  # every statement of the shop
ONE_OF_TWO = ((mutant("a"), CAUGHT), (mutant("b"), outcome()))
LOST = broken(Ending.LOST)


def test_every_code_has_one_judge() -> None:
    assert set(JUDGE_OF) == set(Code)


def test_suite_that_catches_every_bug_is_accepted_with_the_full_score() -> None:
    mutants = ((mutant("a"), CAUGHT), (mutant("b"), CAUGHT))
    verdict = judged(evidence(outcome(reached=REACHED), mutants=mutants, probes=((probe(), outcome()),)))
    assert (verdict.kind, verdict.score, verdict.findings) == (VerdictKind.ACCEPTED, 100, ())


def test_escaped_bug_rejects_and_costs_its_share() -> None:
    verdict = judged(evidence(mutants=ONE_OF_TWO))
    assert (verdict.kind, verdict.score, verdict.caught) == (VerdictKind.REJECTED, 50, 1)


def test_probes_count_like_bugs() -> None:
    assert judged(evidence(mutants=ONE_OF_TWO, probes=((probe(), outcome()),))).score == 66


@pytest.mark.parametrize(
    "red",
    [
        evidence(RED, mutants=ONE_OF_TWO),
        evidence(mutants=ONE_OF_TWO, correct=((variant(), RED),)),
        evidence(outcome(report("test_price", "skipped")), mutants=ONE_OF_TWO),
        evidence(mutants=ONE_OF_TWO, wavering=("a.py::test_price", "a.py::test_price")),
    ],
    ids=["on the reference", "on a variant", "skipped", "in turn red and green"],
)
def test_red_on_correct_code_scores_nothing(red: Evidence) -> None:
    verdict = judged(red)
    assert (verdict.kind, verdict.score) == (VerdictKind.REJECTED, 0)


def test_no_bug_is_told_of_a_suite_that_is_red_on_the_reference() -> None:
    verdict = judged(evidence(RED, mutants=ONE_OF_TWO))
    assert codes(verdict.findings) == [Code.RED_ON_REFERENCE]
    assert (verdict.bugs, verdict.coverage) == ((), None)


@pytest.mark.parametrize("code", [Code.NEVER_AWAITED, Code.NETWORK, Code.BLOCKED_LOOP, Code.CONFIG_OVERRIDDEN])
def test_what_may_be_why_the_reference_is_red_is_told_beside_it(code: Code) -> None:
    red = outcome(report("test_price"), observations=(seen(code),))
    assert codes(judged(evidence(red)).findings) == [Code.RED_ON_REFERENCE, code]


def test_notes_alone_do_not_reject() -> None:
    note = outcome(observations=(seen(Code.REAL_SLEEP),), reached=REACHED)
    verdict = judged(evidence(note, mutants=((mutant(), CAUGHT),)))
    assert (verdict.kind, verdict.score, codes(verdict.findings)) == (VerdictKind.ACCEPTED, 100, [Code.REAL_SLEEP])
    assert verdict.blocking == ()


def test_exercise_may_make_a_note_block() -> None:
    strict = exercise(severity={Code.REAL_SLEEP: Severity.BLOCKS})
    verdict = judged(evidence(outcome(observations=(seen(Code.REAL_SLEEP),)), exercise=strict))
    assert verdict.kind is VerdictKind.REJECTED


def test_exercise_may_make_a_finding_a_note_and_then_it_costs_no_points() -> None:
    lenient = exercise(severity={Code.SKIPPED: Severity.NOTE})
    skipped = outcome(report("test_b", "skipped"), tests=("test_price", "test_b"))
    verdict = judged(evidence(skipped, exercise=lenient, mutants=((mutant(), CAUGHT),)))
    assert (verdict.kind, verdict.score) == (VerdictKind.ACCEPTED, 100)


@pytest.mark.parametrize(
    "undecided",
    [
        evidence(LOST),
        evidence(second=LOST),
        evidence(orders=((Plan(Order.REVERSED), LOST),)),
        evidence(twice=LOST),
        evidence(timings={Timing.HOLD: LOST}),
        evidence(correct=((variant(), LOST),)),
        evidence(mutants=((mutant(), LOST),)),
        evidence(probes=((probe(), LOST),)),
    ],
    ids=["reference", "second", "order", "twice", "timing", "correct", "mutant", "probe"],
)
def test_trial_lost_by_the_machine_leaves_the_verdict_open_without_a_score(undecided: Evidence) -> None:
    verdict = judged(undecided)
    assert (verdict.kind, verdict.score) == (VerdictKind.INCONCLUSIVE, None)


def test_what_blocks_rejects_even_when_another_trial_was_lost() -> None:
    verdict = judged(evidence(mutants=((mutant("a"), outcome()), (mutant("b"), LOST))))
    assert (verdict.kind, verdict.score) == (VerdictKind.REJECTED, None)


@pytest.mark.parametrize(
    "red",
    [
        evidence(outcome(exit_status=1)),
        evidence(outcome(exit_status=3)),
        evidence(outcome(tests=(), exit_status=5)),
        evidence(outcome(collect_errors=(collect_error(),), exit_status=2, tests=())),
        evidence(broken(Ending.TIMEOUT)),
        evidence(broken(Ending.CUT_SHORT)),
        evidence(correct=((variant(), outcome(exit_status=5, tests=())),)),
        evidence(correct=((variant(), broken(Ending.TIMEOUT)),)),
        evidence(correct=((variant(), broken(Ending.CUT_SHORT)),)),
    ],
)
def test_no_trial_on_correct_code_that_is_not_green_is_ever_accepted(red: Evidence) -> None:
    assert judged(red).kind is VerdictKind.REJECTED


def test_blocking_findings_come_before_notes_and_then_in_the_order_of_the_judges() -> None:
    told = (Code.UNCLOSED_RESOURCE, Code.REAL_SLEEP, Code.NETWORK, Code.NEVER_AWAITED)
    observations = tuple(seen(code) for code in told)
    reference = outcome(report("test_b", "skipped"), tests=("test_price", "test_b"), observations=observations)
    verdict = judged(evidence(reference, mutants=((mutant(), outcome()),)))
    assert codes(verdict.findings) == [
        Code.SKIPPED,
        Code.NEVER_AWAITED,
        Code.NETWORK,
        Code.BUG_ESCAPED,
        Code.REAL_SLEEP,
        Code.UNCLOSED_RESOURCE,
    ]


def test_each_test_is_told_with_its_outcome_and_what_it_catches() -> None:
    tests = ("test_price", "test_b", "test_c")
    reference = outcome(report("test_b", "skipped", "setup"), tests=tests)
    verdict = judged(evidence(reference, mutants=((mutant("a"), CAUGHT), (mutant("b"), outcome()))))
    assert [(each.id, each.outcome, each.catches) for each in sorted(verdict.tests, key=lambda t: t.id)] == [
        (id_of("test_b"), "skipped", ()),
        (id_of("test_c"), "passed", ()),
        (id_of("test_price"), "passed", ("a",)),
    ]


def test_teardown_that_fails_is_the_outcome_of_its_test() -> None:
    reference = outcome(report("test_price", "passed"), report("test_price", phase="teardown"))
    assert [each.outcome for each in judged(evidence(reference)).tests] == ["failed"]


def test_test_without_a_report_was_not_run() -> None:
    reference: Outcome = broken(Ending.TIMEOUT)
    hanging = outcome(ending=Ending.TIMEOUT, items=outcome().items, tests=())
    assert judged(evidence(reference)).tests == ()
    assert [each.outcome for each in judged(evidence(hanging)).tests] == ["not run"]


def test_coverage_counts_lines_inside_functions() -> None:
    coverage = judged(evidence(mutants=((mutant(), CAUGHT),))).coverage
    assert coverage is not None
    assert (coverage.run, coverage.all) == (0, 4)


def test_file_that_was_not_used_is_told() -> None:
    verdict = judged(evidence(submission=submission(ignored=("conftest.py",))))
    assert verdict.notes == ("conftest.py is not one of the files of this exercise, so it was not used.",)


def test_same_finding_is_told_once() -> None:
    subtests_that_fail_alike = (report("test_price", message="assert 0"),) * 2
    assert len(judged(evidence(outcome(*subtests_that_fail_alike))).findings) == 1


def test_finding_is_expected_by_its_code_and_bug() -> None:
    assert expectation(finding(Code.SKIPPED, "")) == "skipped"
    assert expectation(finding(Code.BUG_ESCAPED, "", bug="a")) == "bug-escaped:a"
