"""The judge `ran`: were tests found, run to their end, and none failed, skipped or xfailed on the reference?"""

from __future__ import annotations

from dataclasses import replace

import pytest

from checker.catalog import Kind
from checker.engine.trial import Ending, Place
from checker.findings import Code, Severity
from checker.judges.ran import broken_files, judge
from checker.submission import Problem, ProblemKind
from checker.tests.builders import (
    FILE,
    broken,
    codes,
    collect_error,
    evidence,
    exercise,
    id_of,
    item,
    outcome,
    report,
    submission,
)


def test_green_suite_has_no_findings() -> None:
    assert judge(evidence()) == ()


def test_lost_reference_is_inconclusive_and_rejects_nothing() -> None:
    (found,) = judge(evidence(broken(Ending.LOST)))
    assert (found.code, found.severity) == (Code.INCONCLUSIVE, Severity.NOTE)


@pytest.mark.parametrize(("ending", "code"), [(Ending.TIMEOUT, Code.TIMEOUT), (Ending.CUT_SHORT, Code.TRIAL_CUT_SHORT)])
def test_unfinished_reference_names_the_running_test_and_its_line(ending: Ending, code: Code) -> None:
    reference = outcome(ending=ending, tests=("test_a", "test_price"), running=id_of("test_price"))
    (found,) = judge(evidence(reference))
    assert (found.code, found.test, found.place) == (code, id_of("test_price"), Place(FILE, 2))
    assert "test_price" in found.message


def test_suite_that_takes_too_long_accuses_no_test() -> None:
    done = report("test_a", "passed", "teardown")
    slow = outcome(done, ending=Ending.TIMEOUT, tests=("test_a", "test_price"), wall_s=60.1)
    (found,) = judge(evidence(replace(slow, reports=(done,))))
    assert (found.code, found.test) == (Code.TIMEOUT, "")
    assert "1 of 2 tests were done after 60 s" in found.message


def test_import_error_is_told_in_its_last_words_and_stops_the_judge() -> None:
    text = "test_shop.py:1: in <module>\nE   first\nE   ImportError: no shop"
    reference = outcome(collect_errors=(collect_error(text=text),), exit_status=2, tests=())
    (found,) = judge(evidence(reference))
    assert found.code is Code.SUITE_ERROR
    assert found.message.endswith("ImportError: no shop")
    assert found.detail == text


def test_module_skipped_as_a_whole_is_skipped() -> None:
    reference = outcome(collect_errors=(collect_error("skipped"),), exit_status=5, tests=())
    assert codes(judge(evidence(reference))) == [Code.SKIPPED]


def test_no_item_at_all_is_no_tests_at_the_top_of_the_file() -> None:
    empty = evidence(outcome(tests=(), exit_status=5), submission=submission("def check() -> None: ...\n"))
    (found,) = judge(empty)
    assert (found.code, found.place) == (Code.NO_TESTS, Place(FILE, 1))


def test_items_of_given_files_alone_are_no_tests() -> None:
    given = outcome(items=(item("test_given", file="test_given.py"),), tests=())
    found = judge(evidence(given, submission=submission("")))
    assert Code.NO_TESTS in codes(found)


def test_items_of_given_files_will_do_where_the_learner_writes_no_tests() -> None:
    given = outcome(report("test_given.py::test_given", "passed"), items=(item("test_given", file="test_given.py"),))
    fake = exercise(edit=("fakes.py",))
    found = judge(evidence(given, exercise=fake, submission=submission(files={"fakes.py": b"X = 1\n"})))
    assert Code.NO_TESTS not in codes(found)


def test_written_test_that_was_not_collected_is_named_with_its_line() -> None:
    text = "def test_price(): ...\n\n\ndef test_lost(): ...\n"
    (found,) = judge(evidence(submission=submission(text)))
    assert (found.code, found.place) == (Code.NOT_COLLECTED, Place(FILE, 4))
    assert "test_lost" in found.message


def test_a_test_that_a_decorator_of_another_file_made_is_collected() -> None:
    text = b"from house import tell\n\n\n@tell\ndef test_price(): ...\n"
    made = replace(item("test_price"), file="house.py")
    files = {FILE: text, "house.py": b"def tell(story): ...\n"}
    assert judge(evidence(outcome(items=(made,)), submission=submission(files=files))) == ()


def test_shadowed_test_is_told_with_the_line_that_replaces_it() -> None:
    text = "def test_price(): ...\n\n\ndef test_price(): ...\n"
    (found,) = judge(evidence(submission=submission(text)))
    assert (found.code, found.place) == (Code.NOT_COLLECTED, Place(FILE, 1))
    assert "line 4" in found.message


@pytest.mark.parametrize(
    ("text", "collected"),
    [
        ("class TestShop:\n    async def test_price(self): ...\n", "TestShop::test_price"),
        ("async def test_price(): ...\n", "test_price[49-5]"),
        ("async def test_price(): ...\n", "test_price[::1]"),
    ],
    ids=["method", "parametrized", "parameter with colons"],
)
def test_collected_test_is_recognized(text: str, collected: str) -> None:
    assert judge(evidence(outcome(tests=(collected,)), submission=submission(text))) == ()


@pytest.mark.parametrize(
    "text",
    [
        "def helper():\n    def test_inner(): ...\n",
        "import pytest\n@pytest.fixture\ndef test_client(): ...\n",
        "class Shared:\n    def test_base(self): ...\n",
        "def test_price(:\n",
    ],
    ids=["nested", "fixture", "base class", "not Python"],
)
def test_what_pytest_rightly_passes_over_is_no_finding(text: str) -> None:
    assert judge(evidence(submission=submission(text))) == ()


def test_lost_tests_are_no_matter_where_the_learner_configures_collection() -> None:
    own = exercise(kind=Kind.CONFIGURATION)
    assert judge(evidence(exercise=own, submission=submission("def test_lost(): ...\n"))) == ()


@pytest.mark.parametrize(
    ("phase", "words"),
    [("setup", "fails in its setup"), ("call", "fails on"), ("teardown", "fails in its teardown")],
)
def test_failure_on_the_reference_is_red_and_says_where(phase: str, words: str) -> None:
    place = Place(FILE, 2)
    red = report("test_price", phase=phase, message="assert 1 == 2\nmore", place=place)
    (found,) = judge(evidence(outcome(red)))
    assert (found.code, found.place, found.test) == (Code.RED_ON_REFERENCE, place, id_of("test_price"))
    assert words in found.message
    assert found.message.endswith("assert 1 == 2")


def test_skipped_test_is_told_once() -> None:
    skips = (report("test_price", "skipped", "setup"), report("test_price", "skipped", "call"))
    assert codes(judge(evidence(outcome(*skips)))) == [Code.SKIPPED]


@pytest.mark.parametrize(
    ("xfail", "result", "words"),
    [("xfailed", "skipped", "expected to fail"), ("xpassed", "passed", "xfail, and passes")],
)
def test_xfail_guards_nothing(xfail: str, result: str, words: str) -> None:
    (found,) = judge(evidence(outcome(report("test_price", result, xfail=xfail))))
    assert found.code is Code.SKIPPED
    assert words in found.message


def test_where_a_strict_xfail_is_allowed_that_is_the_advice() -> None:
    lax = outcome(report("test_price", "skipped", xfail="xfailed"))
    (found,) = judge(evidence(lax, exercise=exercise(allow_strict_xfail=True)))
    assert found.advice.startswith("Make the mark strict")


def test_an_empty_table_is_told_as_one() -> None:
    empty = outcome(report("test_price", "skipped", message="got empty parameter set for (amount)"))
    (found,) = judge(evidence(empty))
    assert "table of cases is empty" in found.advice


@pytest.mark.parametrize(("strict", "told"), [(True, []), (False, [Code.SKIPPED])])
def test_only_a_strict_xfail_is_fine_where_the_exercise_allows_it(strict: bool, told: list[Code]) -> None:
    lenient = exercise(allow_strict_xfail=True)
    fails = outcome(report("test_price", "skipped", xfail="xfailed", strict=strict))
    assert codes(judge(evidence(fails, exercise=lenient))) == told


def test_a_base_class_that_is_switched_off_need_not_be_collected() -> None:
    base = b"class TestBase:\n    __test__ = False\n\n    def test_more(self) -> None: ...\n"
    text = base + b"\n\ndef test_price() -> None: ...\n"
    assert judge(evidence(outcome(tests=("test_price",)), submission=submission(files={FILE: text}))) == ()


def test_xfail_that_passes_is_no_better_where_the_exercise_allows_xfail() -> None:
    lenient = exercise(allow_strict_xfail=True)
    passes = outcome(report("test_price", "passed", xfail="xpassed"))
    assert codes(judge(evidence(passes, exercise=lenient))) == [Code.SKIPPED]


def test_collected_test_that_never_ran_is_an_error() -> None:
    reference = outcome(items=(item("test_price"), item("test_silent", 5)))
    (found,) = judge(evidence(reference))
    assert (found.code, found.test) == (Code.SUITE_ERROR, id_of("test_silent"))


def test_exit_status_of_pytest_itself_is_an_error() -> None:
    (found,) = judge(evidence(outcome(exit_status=3)))
    assert found.code is Code.SUITE_ERROR
    assert "3" in found.message


def test_stop_of_pytest_is_told_beside_a_red_test() -> None:
    assert codes(judge(evidence(outcome(report("test_price"), exit_status=3)))) == [
        Code.RED_ON_REFERENCE,
        Code.SUITE_ERROR,
    ]


def test_suite_that_is_not_green_never_goes_without_a_finding() -> None:
    assert codes(judge(evidence(outcome(exit_status=1)))) == [Code.SUITE_ERROR]


def test_other_ids_in_a_second_collection_are_unstable() -> None:
    first, second = outcome(tests=("test_price[a]",)), outcome(tests=("test_price[b]",))
    (found,) = judge(evidence(first, second=second))
    assert (found.code, found.test) == (Code.UNSTABLE_IDS, id_of("test_price[a]"))


def test_another_order_of_the_same_ids_is_stable() -> None:
    first, second = outcome(tests=("test_price", "test_b")), outcome(tests=("test_b", "test_price"))
    assert judge(evidence(first, second=second)) == ()


@pytest.mark.parametrize("ending", [Ending.LOST, Ending.TIMEOUT, Ending.CUT_SHORT])
def test_unfinished_second_collection_says_nothing_of_ids(ending: Ending) -> None:
    assert judge(evidence(second=broken(ending))) == ()


def test_file_that_could_not_be_taken_is_an_error_at_that_file() -> None:
    (found,) = broken_files((Problem(ProblemKind.MISSING, FILE, "the file is not there"),))
    assert (found.code, found.place) == (Code.SUITE_ERROR, Place(FILE, 1))
    assert "the file is not there" in found.message
