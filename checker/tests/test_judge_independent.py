"""The judge `independent`: the same result in every order, alone, and twice?"""

from __future__ import annotations

import pytest

from checker.engine.trial import Ending, Order, Outcome, Place, Plan
from checker.evidence import Disorder
from checker.findings import Code, Finding
from checker.judges.independent import judge
from checker.tests.builders import FILE, broken, codes, evidence, id_of, outcome, report

REVERSED = Plan(Order.REVERSED)
SHUFFLED = Plan(Order.SHUFFLED, seed=41)
ALONE = Plan(select=(id_of("test_price"),))
RED = outcome(report("test_price", message="assert 0", place=Place(FILE, 4)))


def only(found: tuple[Finding, ...]) -> Finding:
    (one,) = found
    return one


def test_same_result_everywhere_has_no_findings() -> None:
    calm = evidence(orders=((REVERSED, outcome()), (ALONE, outcome())), twice=outcome())
    assert judge(calm) == ()


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (REVERSED, "test_price fails in reversed order: assert 0"),
        (SHUFFLED, "test_price fails in a shuffled order (seed 41): assert 0"),
        (ALONE, "test_price fails when it runs alone: assert 0"),
    ],
    ids=["reversed", "shuffled", "alone"],
)
def test_order_in_which_a_test_fails_is_told(plan: Plan, words: str) -> None:
    found = only(judge(evidence(orders=((plan, RED),))))
    assert (found.code, found.place, found.message) == (Code.ORDER_DEPENDENT, Place(FILE, 4), words)


def test_test_that_fails_in_many_orders_is_told_once_with_the_first() -> None:
    found = only(judge(evidence(orders=((REVERSED, RED), (SHUFFLED, RED), (ALONE, RED)))))
    assert "in reversed order" in found.message


def test_test_that_needs_another_is_told_with_it() -> None:
    disorder = Disorder(id_of("test_price"), id_of("test_setup"), needs=True)
    found = only(judge(evidence(orders=((REVERSED, RED),), disorders=(disorder,))))
    assert found.message.startswith("test_price fails alone; it needs test_setup to run before it")


def test_test_that_another_breaks_is_told_with_it() -> None:
    disorder = Disorder(id_of("test_price"), id_of("test_spoiler"))
    found = only(judge(evidence(orders=((REVERSED, RED),), disorders=(disorder,))))
    assert found.message.startswith("test_price fails after test_spoiler")


def test_disorder_without_a_single_partner_falls_back_to_the_order() -> None:
    found = only(judge(evidence(orders=((REVERSED, RED),), disorders=(Disorder(id_of("test_price")),))))
    assert "in reversed order" in found.message


@pytest.mark.parametrize(("ending", "code"), [(Ending.TIMEOUT, Code.TIMEOUT), (Ending.CUT_SHORT, Code.TRIAL_CUT_SHORT)])
def test_order_that_does_not_end_names_the_running_test(ending: Ending, code: Code) -> None:
    found = only(judge(evidence(orders=((REVERSED, broken(ending, "test_price")),))))
    assert (found.code, found.test, found.place) == (code, id_of("test_price"), Place(FILE, 1))
    assert "does not come to an end in reversed order" in found.message


def test_second_run_that_fails_leaves_state_behind() -> None:
    first, second = report("test_price", "passed"), report("test_price", round=1, message="assert 2 == 1")
    found = only(judge(evidence(twice=outcome(first, second))))
    assert found.code is Code.LEAVES_STATE_BEHIND
    assert found.message.endswith("assert 2 == 1")


@pytest.mark.parametrize("ending", [Ending.TIMEOUT, Ending.CUT_SHORT])
def test_second_run_that_does_not_end_leaves_state_behind(ending: Ending) -> None:
    found = only(judge(evidence(twice=broken(ending, "test_price"))))
    assert (found.code, found.test) == (Code.LEAVES_STATE_BEHIND, id_of("test_price"))


def test_failed_and_unfinished_second_run_is_told_by_its_failure_alone() -> None:
    both = outcome(report("test_a"), ending=Ending.TIMEOUT, running=id_of("test_price"))
    assert [found.test for found in judge(evidence(twice=both))] == [id_of("test_a")]


@pytest.mark.parametrize("lost", [broken(Ending.LOST)])
def test_lost_trials_say_nothing(lost: Outcome) -> None:
    assert codes(judge(evidence(orders=((REVERSED, lost),), twice=lost))) == []
