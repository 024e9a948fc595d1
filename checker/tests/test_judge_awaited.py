"""The judge `awaited`: did every coroutine, mock call and task that the suite started get awaited?"""

from __future__ import annotations

import pytest

from checker.engine.trial import Place
from checker.findings import Code, Severity
from checker.judges.awaited import judge
from checker.tests.builders import FILE, MODULE, codes, evidence, id_of, outcome, seen

CODES = [
    Code.NEVER_AWAITED,
    Code.MOCK_NEVER_AWAITED,
    Code.LOST_TASK_EXCEPTION,
    Code.PENDING_TASK,
    Code.NOT_REALLY_ASYNC,
]


@pytest.mark.parametrize("code", CODES)
def test_each_observation_becomes_a_finding_that_blocks_at_its_place(code: Code) -> None:
    (found,) = judge(evidence(outcome(observations=(seen(code, line=7),))))
    assert (found.code, found.place, found.test) == (code, Place(FILE, 7), id_of("test_price"))
    assert found.severity is Severity.BLOCKS
    assert found.advice


def test_observations_of_other_judges_are_left_to_them() -> None:
    assert judge(evidence(outcome(observations=(seen(Code.REAL_SLEEP), seen("unheard-of"))))) == ()


def test_one_line_is_told_once_however_often_it_ran() -> None:
    twice = (seen(Code.NEVER_AWAITED, "test_price[a]"), seen(Code.NEVER_AWAITED, "test_price[b]"))
    assert len(judge(evidence(outcome(observations=twice)))) == 1


def test_two_lines_of_one_test_are_told_apart() -> None:
    both = (seen(Code.NEVER_AWAITED, line=3), seen(Code.NEVER_AWAITED, line=4))
    assert len(judge(evidence(outcome(observations=both)))) == 2


def test_two_tests_without_a_place_are_told_apart() -> None:
    both = (seen(Code.PENDING_TASK, "test_a", None), seen(Code.PENDING_TASK, "test_b", None))
    assert len(judge(evidence(outcome(observations=both)))) == 2


def test_hollow_test_explains_whatever_else_went_missing_in_it() -> None:
    both = (seen(Code.NEVER_AWAITED, line=4), seen(Code.NOT_REALLY_ASYNC, line=3))
    assert codes(judge(evidence(outcome(observations=both)))) == [Code.NOT_REALLY_ASYNC]


def test_hollow_test_explains_nothing_in_others() -> None:
    both = (seen(Code.NEVER_AWAITED, "test_other", 4), seen(Code.NOT_REALLY_ASYNC, line=3))
    assert codes(judge(evidence(outcome(observations=both)))) == [Code.NEVER_AWAITED, Code.NOT_REALLY_ASYNC]


def test_mock_called_by_the_implementation_is_told_with_the_line_there() -> None:
    born = seen(Code.MOCK_NEVER_AWAITED, line=None, born=Place(MODULE, 12))
    (found,) = judge(evidence(outcome(observations=(born,))))
    assert found.place == Place(MODULE, 12)
    assert f"{MODULE}:12" in found.message
    assert "test_price" in found.message


def test_coroutine_is_called_by_its_name() -> None:
    (found,) = judge(evidence(outcome(observations=(seen(Code.NEVER_AWAITED, detail="price"),))))
    assert found.message.startswith("price(…) was called and never awaited")


def test_async_generator_is_told_as_one() -> None:
    hollow = seen(Code.NOT_REALLY_ASYNC, detail="an async generator")
    (found,) = judge(evidence(outcome(observations=(hollow,))))
    assert "contains a yield" in found.message
