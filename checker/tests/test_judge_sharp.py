"""The judge `sharp`: does some test fail in its call phase on each bug? Is each probe passed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from checker.catalog import Expected, Mutant, Probe
from checker.engine.reach import first_numbers, statements
from checker.engine.trial import Ending, Outcome
from checker.findings import BugResult, Code, Finding, Reach, Severity
from checker.judges.sharp import bugs, judge, lines, probe_fault
from checker.tests.builders import (
    MODULE,
    SHOP,
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
    suite,
    variant,
)

CAUGHT = outcome(report("test_price"))


def points(*lines: int) -> frozenset[int]:
    """The points at these lines of the shop."""
    first = first_numbers((MODULE,))[MODULE]
    return frozenset(first + index for index, each in enumerate(statements(SHOP)) if each.line in lines)


def result(of: Mutant, came: Outcome, reached: Mapping[str, frozenset[int]] | None = None) -> BugResult:
    reference = outcome(reached={id_of(name): found for name, found in (reached or {}).items()})
    (one,) = bugs(evidence(reference, mutants=((of, came),)))
    return one


def finding(of: Mutant, came: Outcome, reached: Mapping[str, frozenset[int]] | None = None) -> Finding:
    reference = outcome(reached={id_of(name): found for name, found in (reached or {}).items()})
    (one,) = judge(evidence(reference, mutants=((of, came),)))
    return one


class TestBugs:
    def test_failure_in_a_call_phase_catches(self) -> None:
        found = result(mutant(), CAUGHT)
        assert (found.caught, found.caught_by) == (True, (id_of("test_price"),))

    @pytest.mark.parametrize(
        ("bug", "named"),
        [
            (mutant(), ("test_a",)),
            (mutant(find="def price(total, member):", replace="def price(total, member=True):"), ("test_a", "test_b")),
        ],
        ids=["within a function", "in a header"],
    )
    def test_who_never_came_by_is_named_only_where_others_may_be_let_in(self, bug: Mutant, named: tuple[str]) -> None:
        reference = outcome(tests=("test_a", "test_b"), reached={id_of("test_a"): points(5, 7)})
        came = outcome(report("test_a"), report("test_b"), tests=("test_a", "test_b"))
        (found,) = bugs(evidence(reference, mutants=((bug, came),)))
        assert found.caught_by == tuple(id_of(name) for name in named)

    def test_every_catcher_is_named_once(self) -> None:
        came = outcome(report("test_a"), report("test_a", phase="teardown"), report("test_b"))
        assert result(mutant(), came).caught_by == (id_of("test_a"), id_of("test_b"))

    @pytest.mark.parametrize(
        "came",
        [
            outcome(),
            outcome(report("test_price", phase="setup")),
            outcome(report("test_price", phase="teardown")),
            outcome(report("test_price", "skipped")),
            outcome(collect_errors=(collect_error(),), exit_status=2, tests=()),
            broken(Ending.TIMEOUT, "test_price"),
            outcome(report("test_price"), ending=Ending.CUT_SHORT),
        ],
        ids=["green", "setup", "teardown", "skip", "import error", "hang", "cut short"],
    )
    def test_nothing_else_catches(self, came: Outcome) -> None:
        assert result(mutant(), came).caught is False

    def test_failure_before_a_hang_catches(self) -> None:
        assert result(mutant(), outcome(report("test_a"), ending=Ending.TIMEOUT)).caught is True

    def test_lost_trial_leaves_it_open(self) -> None:
        lost = evidence(mutants=((mutant(), broken(Ending.LOST)),))
        assert [each.caught for each in bugs(lost)] == [None]
        assert judge(lost) == ()

    @pytest.mark.parametrize(
        "came",
        [
            outcome(report("test_price", phase="setup")),
            outcome(collect_errors=(collect_error(),), exit_status=2, tests=()),
        ],
        ids=["setup", "import error"],
    )
    def test_start_up_bug_is_caught_where_start_up_breaks(self, came: Outcome) -> None:
        assert result(mutant(startup=True), came).caught is True

    def test_start_up_bug_is_not_caught_by_a_skip(self) -> None:
        came = outcome(collect_errors=(collect_error("skipped"),), exit_status=5, tests=())
        assert result(mutant(startup=True), came).caught is False

    def test_held_bug_stays_marked(self) -> None:
        assert result(mutant(held=True), CAUGHT).held


class TestReachOfABug:
    def test_place_that_no_test_runs_is_not_reached(self) -> None:
        assert result(mutant(), outcome(), {"test_price": points(5)}).reach is Reach.NOT_REACHED

    def test_place_that_a_test_runs_is_reached(self) -> None:
        assert result(mutant(), outcome(), {"test_price": points(5, 7)}).reach is Reach.REACHED

    def test_constant_runs_at_import(self) -> None:
        constant = mutant(find="RATE = 5", replace="RATE = 4")
        assert result(constant, outcome(), {"test_price": points(5, 6)}).reach is Reach.IMPORT

    @pytest.mark.parametrize("files", [{"new.py": b"X = 1\n"}, {MODULE: SHOP.encode()}], ids=["new file", "same text"])
    def test_place_that_cannot_be_told_is_unknown(self, files: dict[str, bytes]) -> None:
        assert result(mutant(files=files), outcome()).reach is Reach.UNKNOWN

    def test_second_module_is_counted_apart(self) -> None:
        given = {MODULE: SHOP.encode(), "stock.py": SHOP.encode()}
        bug = mutant(files={"stock.py": SHOP.replace("return 0\n", "").replace("- RATE", "+ RATE").encode()})
        both = suite(mutants=(bug,), variants=(variant(),))
        second = first_numbers(both.implementation)["stock.py"]
        places = {
            Reach.NOT_REACHED: points(6),
            Reach.REACHED: frozenset(point + second for point in points(6)),
        }
        for reach, reached in places.items():
            reference = outcome(reached={id_of("test_price"): reached})
            told = evidence(reference, mutants=((bug, outcome()),), suite=both, exercise=exercise(given=given))
            assert bugs(told)[0].reach is reach


class TestEscapedBug:
    @pytest.mark.parametrize(
        ("reached", "words"),
        [({}, "No test runs the place"), ({"test_price": points(7)}, "run the faulty place, and none of them")],
        ids=["not reached", "reached"],
    )
    def test_it_is_told_how_far_the_suite_got(self, reached: dict[str, frozenset[int]], words: str) -> None:
        found = finding(mutant(), outcome(), reached)
        assert (found.code, found.bug) == (Code.BUG_ESCAPED, "too_cheap")
        assert "“The price is wrong.”" in found.message
        assert words in found.message

    def test_it_is_told_that_the_line_runs_at_import(self) -> None:
        assert "when the module is imported" in finding(mutant(find="RATE = 5", replace="RATE = 4"), outcome()).message

    def test_its_code_is_never_told(self) -> None:
        assert "return" not in finding(mutant(), outcome()).message

    def test_first_hint_is_the_advice(self) -> None:
        assert finding(mutant(hints=("Look at members.", "Subtract.")), outcome()).advice == "Look at members."

    def test_suite_that_breaks_first_is_told_that_only_a_test_counts(self) -> None:
        found = finding(mutant(), outcome(report("test_price", phase="setup")))
        assert "only a failure in a test's own body counts" in found.message

    def test_process_that_ended_first_is_told(self) -> None:
        found = finding(mutant(), broken(Ending.CUT_SHORT))
        assert (found.code, "ended before pytest did" in found.message) == (Code.BUG_ESCAPED, True)

    def test_hang_is_a_timeout_with_the_advice_to_bound_waits(self) -> None:
        found = finding(mutant(), broken(Ending.TIMEOUT, "test_price"))
        assert (found.code, found.bug, found.test) == (Code.TIMEOUT, "too_cheap", id_of("test_price"))
        assert "Bound each wait" in found.advice


class TestAccident:
    def test_bug_caught_away_from_its_place_is_a_note(self) -> None:
        found = finding(mutant(), CAUGHT, {"test_price": points(11)})
        assert (found.code, found.severity) == (Code.CAUGHT_BY_ACCIDENT, Severity.NOTE)

    def test_bug_that_lies_outside_of_functions_as_well_is_no_accident(self) -> None:
        text = SHOP.replace("RATE = 5", "RATE = 4").replace("return total\n", "return 0\n").encode()
        both = Mutant(id="both", files={MODULE: text}, behaviour="The price is wrong.")
        reference = outcome(reached={id_of("test_price"): points(11)})
        assert judge(evidence(reference, mutants=((both, CAUGHT),))) == ()

    @pytest.mark.parametrize(
        "bug",
        [mutant(), mutant(find="RATE = 5", replace="RATE = 4"), mutant(files={"new.py": b"X = 1\n"})],
        ids=["at its place", "at import", "place unknown"],
    )
    def test_no_note_where_a_catcher_runs_the_place_or_nobody_can_say(self, bug: Mutant) -> None:
        reference = outcome(reached={id_of("test_price"): points(7)})
        assert judge(evidence(reference, mutants=((bug, CAUGHT),))) == ()

    def test_no_note_where_the_bug_lets_in_what_was_refused_before(self) -> None:
        bug = mutant(find="def label(total):", replace="def label(total=0):")
        first = first_numbers((MODULE,))[MODULE] + len(statements(SHOP)) - 1
        let_in = replace(CAUGHT, reached={id_of("test_price"): frozenset({first})})
        assert codes(judge(evidence(outcome(), mutants=((bug, CAUGHT),)))) == [Code.CAUGHT_BY_ACCIDENT]
        assert judge(evidence(outcome(), mutants=((bug, let_in),))) == ()

    def test_one_catcher_at_the_place_is_enough(self) -> None:
        reached = {id_of("test_a"): points(11), id_of("test_b"): points(7)}
        reference = outcome(tests=("test_a", "test_b"), reached=reached)
        both = outcome(report("test_a"), report("test_b"))
        assert judge(evidence(reference, mutants=((mutant(), both),))) == ()


RED = probe(expect=(Expected(test="test_must_fail", match="duplicate"),))


class TestProbes:
    def test_probe_that_is_green_is_passed(self) -> None:
        assert probe_fault(probe(), outcome()) is None

    @pytest.mark.parametrize(
        ("came", "words"),
        [
            (outcome(report("test_price", message="assert 0")), "test_price failed: assert 0"),
            (outcome(report("test_price", phase="setup", message="boom")), "test_price failed in setup: boom"),
            (outcome(report("test_price", "skipped")), "test_price skipped"),
            (outcome(report("test_price", "passed", xfail="xpassed")), "test_price passed"),
            (outcome(collect_errors=(collect_error(),)), "could not be collected: ImportError: no shop"),
            (outcome(tests=()), "no hidden test ran"),
            (broken(Ending.TIMEOUT), "hangs"),
            (broken(Ending.CUT_SHORT), "ended before pytest did"),
        ],
        ids=["red", "setup", "skip", "xpass", "import", "nothing ran", "hang", "cut short"],
    )
    def test_probe_that_went_otherwise_says_how(self, came: Outcome, words: str) -> None:
        assert words in (probe_fault(probe(), came) or "")

    def test_probe_that_must_be_red_is_passed_when_it_is_for_the_named_cause(self) -> None:
        came = outcome(report("test_must_fail", message="duplicate key"), report("test_twin", "passed"))
        assert probe_fault(RED, came) is None

    def test_cause_may_stand_in_the_text(self) -> None:
        assert probe_fault(RED, outcome(report("test_must_fail", message="E", text="a duplicate"))) is None

    @pytest.mark.parametrize(
        ("came", "words"),
        [
            (outcome(report("test_must_fail", "passed")), "should have failed, and passed"),
            (outcome(report("test_must_fail", message="typo")), "for another reason: typo"),
            (outcome(report("test_must_fail", phase="setup", message="duplicate")), "failed in setup"),
            (outcome(tests=("test_twin",)), "test_must_fail did not run"),
        ],
        ids=["green", "other cause", "other phase", "not run"],
    )
    def test_probe_that_must_be_red_is_not_passed_otherwise(self, came: Outcome, words: str) -> None:
        assert words in (probe_fault(RED, came) or "")

    def test_every_case_of_a_test_that_must_be_red_counts(self) -> None:
        cases = (report("test_must_fail[::1]", message="duplicate"), report("test_must_fail[b]", "passed"))
        assert "should have failed" in (probe_fault(RED, outcome(*cases, tests=())) or "")

    def test_red_twin_fails_the_probe(self) -> None:
        came = outcome(report("test_must_fail", message="duplicate"), report("test_twin"))
        assert "test_twin failed" in (probe_fault(RED, came) or "")

    def test_failed_probe_is_a_finding_with_its_first_hint(self) -> None:
        asked = probe(hints=("Copy the list.",))
        (found,) = judge(evidence(probes=((asked, outcome(report("test_price"))),)))
        assert (found.code, found.bug, found.advice) == (Code.PROBE_FAILED, asked.id, "Copy the list.")

    @pytest.mark.parametrize(("came", "passed"), [(outcome(), True), (CAUGHT, False), (broken(Ending.LOST), None)])
    def test_probe_counts_among_the_bugs(self, came: Outcome, passed: bool | None) -> None:
        (found,) = bugs(evidence(probes=((probe(), came),)))
        assert (found.caught, found.is_probe) == (passed, True)

    @pytest.mark.parametrize("asked", [probe(), RED])
    def test_lost_probe_is_held_against_nobody(self, asked: Probe) -> None:
        assert codes(judge(evidence(probes=((asked, broken(Ending.LOST)),)))) == []


def test_lines_are_those_inside_functions_with_whether_they_ran() -> None:
    reference = outcome(reached={id_of("test_a"): points(5), id_of("test_b"): points(5, 6)})
    told = evidence(reference, suite=suite(variants=(variant(),)))
    assert lines(told) == {(MODULE, 5): True, (MODULE, 6): True, (MODULE, 7): False, (MODULE, 11): False}


def test_line_with_two_statements_ran_when_one_of_them_did() -> None:
    reference = outcome(reached={id_of("test_a"): frozenset({0})})
    shop = exercise(given={MODULE: b"def price(total):\n    if total: return 1\n    return 0\n"})
    told = evidence(reference, suite=suite(variants=(variant(),)), exercise=shop)
    assert lines(told) == {(MODULE, 2): True, (MODULE, 3): False}
