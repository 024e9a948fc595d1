"""From a worker's messages to an outcome: what is believed, what is refused, and what a plan looks like on the wire."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from checker.engine.trial import (
    Ending,
    Item,
    NonsenseError,
    Observation,
    Order,
    Outcome,
    Place,
    Plan,
    Report,
    Timing,
    outcome_from,
    plan_from,
    plan_message,
    to_message,
)

A, B = "test_shop.py::test_a", "test_shop.py::test_b"
Message = Mapping[str, Any]


def item(test: str) -> Message:
    return to_message("item", Item(test, "test_shop.py", 1, is_async=True))


def planned(*tests: str) -> Message:
    return {"event": "planned", "tests": list(tests)}


def told(test: str, phase: str, result: str = "passed", **more: Any) -> Message:
    return to_message("report", Report(test, phase, result, **more))


def full_run(test: str, call: str = "passed") -> list[Message]:
    phases = [told(test, "setup"), told(test, "call", call), told(test, "teardown")]
    return [{"event": "start", "test": test}, *phases, {"event": "end"}]


def finish(status: int = 0, stopped: bool = False) -> Message:
    return {"event": "finish", "status": status, "stopped": stopped}


def outcome(messages: Iterable[Message], ending: Ending = Ending.COMPLETED) -> Outcome:
    return outcome_from(messages, ending=ending, wall_s=0.5)


WHOLE = [item(A), planned(A), *full_run(A), finish()]


class TestWholeRun:
    def test_green_run_is_completed_and_green(self) -> None:
        found = outcome(WHOLE)
        assert (found.ending, found.exit_status, found.green, found.wall_s) == (Ending.COMPLETED, 0, True, 0.5)
        assert [each.id for each in found.items] == [A]
        assert [each.phase for each in found.reports] == ["setup", "call", "teardown"]
        assert found.running == ""

    def test_red_run_is_completed_and_not_green(self) -> None:
        found = outcome([item(A), planned(A), *full_run(A, "failed"), finish(1)])
        assert (found.ending, found.green, found.failed_tests) == (Ending.COMPLETED, False, (A,))
        assert [each.phase for each in found.failures("call")] == ["call"]
        assert found.failures("setup") == ()

    def test_report_keeps_its_place_and_words(self) -> None:
        place = Place("test_shop.py", 7)
        message = told(A, "call", "failed", place=place, message="assert 0", text="E", error="AssertionError")
        found = outcome([planned(A), message, told(A, "teardown"), finish(1)])
        assert found.reports[0] == Report(A, "call", "failed", 0, "", False, place, "AssertionError", "assert 0", "E")

    def test_observation_is_kept_once(self) -> None:
        seen = Observation("never-awaited", A, Place("test_shop.py", 3), Place("shop.py", 4), "price")
        assert outcome([*WHOLE, *[to_message("observation", seen)] * 2]).observations == (seen,)

    def test_points_of_one_test_are_gathered(self) -> None:
        reached = [{"event": "reached", "test": A, "points": points} for points in ([1, 2], [2, 3])]
        assert outcome([*WHOLE, *reached]).reached == {A: frozenset({1, 2, 3})}

    def test_tests_may_run_twice_when_they_were_planned_twice(self) -> None:
        assert outcome([planned(A, A), *full_run(A), *full_run(A), finish()]).ending is Ending.COMPLETED

    def test_collect_error_is_whole_without_a_plan(self) -> None:
        error = to_message("collect-error", Report("test_shop.py", "collect", "failed", text="E"))
        found = outcome([error, finish(2)])
        assert (found.ending, found.green, len(found.collect_errors)) == (Ending.COMPLETED, False, 1)

    def test_collect_error_is_never_green_whatever_the_status(self) -> None:
        error = to_message("collect-error", Report("test_shop.py", "collect", "failed", text="E"))
        assert not outcome([*WHOLE, error]).green

    def test_failure_is_never_green_whatever_the_status(self) -> None:
        assert not outcome([planned(A), *full_run(A, "failed"), finish(0)]).green

    def test_usage_error_before_any_plan_is_completed_with_its_status(self) -> None:
        found = outcome([finish(4)])
        assert (found.ending, found.exit_status, found.green) == (Ending.COMPLETED, 4, False)

    def test_session_that_its_own_configuration_stops_is_whole(self) -> None:
        assert outcome([planned(A, B), *full_run(A, "failed"), finish(1, stopped=True)]).ending is Ending.COMPLETED


class TestCutShort:
    @pytest.mark.parametrize(
        "messages",
        [
            [],
            WHOLE[:-1],
            [planned(A, B), *full_run(A), finish()],
            [planned(A), told(A, "setup"), told(A, "call"), finish()],
            [planned(A, A), *full_run(A), finish()],
        ],
        ids=["silence", "no finish", "a test is missing", "no teardown", "one run of two"],
    )
    def test_run_that_is_not_whole_was_cut_short(self, messages: list[Message]) -> None:
        found = outcome(messages)
        assert (found.ending, found.green) == (Ending.CUT_SHORT, False)

    @pytest.mark.parametrize(
        "forged",
        [full_run(B), [told(B, "call", "failed")], [told(B, "call")], full_run(A)],
        ids=["a whole test", "a failure", "a pass", "a second run"],
    )
    def test_result_that_was_never_announced_is_not_believed(self, forged: list[Message]) -> None:
        assert outcome([item(A), planned(A), *full_run(A), *forged, finish()]).ending is Ending.CUT_SHORT

    def test_test_that_had_begun_is_named(self) -> None:
        messages = [planned(A, B), *full_run(A), {"event": "start", "test": B}, told(B, "setup")]
        assert outcome(messages).running == B

    @pytest.mark.parametrize("ending", [Ending.TIMEOUT, Ending.CUT_SHORT, Ending.LOST])
    def test_whole_looking_messages_do_not_mend_another_ending(self, ending: Ending) -> None:
        assert outcome(WHOLE, ending).ending is ending

    def test_what_was_told_before_a_timeout_is_kept(self) -> None:
        found = outcome([planned(A, B), *full_run(A, "failed"), {"event": "start", "test": B}], Ending.TIMEOUT)
        assert (found.ending, found.failed_tests, found.running) == (Ending.TIMEOUT, (A,), B)
        assert found.exit_status is None


@pytest.mark.parametrize(
    "nonsense",
    [
        {},
        {"event": "verdict", "kind": "accepted"},
        ["event"],
        "event",
        None,
        {"event": "item"},
        {"event": "item", "id": ["x"], "file": "t.py", "line": 1, "is_async": True},
        {"event": "item", "id": A, "file": "t.py", "line": "1", "is_async": True},
        {"event": "planned"},
        {"event": "planned", "tests": 3},
        {"event": "report", "test": A},
        {"event": "report", "test": [A], "phase": "teardown", "outcome": "passed"},
        {"event": "report", "test": A, "phase": "call", "outcome": None},
        {"event": "report", "test": A, "phase": "call", "outcome": "failed", "place": "line 3"},
        {"event": "report", "test": A, "phase": "call", "outcome": "failed", "place": {"file": "t.py"}},
        {"event": "report", "test": A, "phase": "call", "outcome": "failed", "place": {"file": "t", "line": "x"}},
        {"event": "report", "test": A, "phase": "call", "outcome": "failed", "message": {}},
        {"event": "observation", "code": "network", "detail": []},
        {"event": "reached", "test": A, "points": ["x"]},
        {"event": "reached", "test": A, "points": 7},
        {"event": "reached", "test": A, "points": [float("inf")]},
        {"event": "finish", "status": 0},
        {"event": "finish", "status": "well", "stopped": False},
        {"event": "finish", "status": float("inf"), "stopped": False},
    ],
)
def test_nonsense_is_refused_as_nonsense(nonsense: Any) -> None:
    with pytest.raises(NonsenseError):
        outcome([item(A), nonsense])


def test_unknown_fields_are_left_out() -> None:
    assert outcome([{**item(A), "verdict": "accepted"}, planned(A), *full_run(A), finish()]).green


def test_text_that_could_not_be_printed_is_made_printable() -> None:
    odd = told(A, "call", "failed", message="\ud800", place=Place("\ud800", 1))
    found = outcome([planned(A), odd, told(A, "teardown"), finish(1)]).reports[0]
    assert (found.message, found.place) == ("?", Place("?", 1))


@pytest.mark.parametrize(
    "plan",
    [Plan(), Plan(Order.SHUFFLED, Timing.HOLD, (A, B), 7), Plan(Order.TWICE, Timing.STALL, seed=3)],
)
def test_plan_survives_the_wire(plan: Plan) -> None:
    assert plan_from(plan_message(plan)) == plan
