"""The judge `tidy`: was everything closed; were given files and configuration left alone?"""

from __future__ import annotations

from checker.engine.trial import Place
from checker.findings import Code, Severity
from checker.judges.tidy import judge
from checker.tests.builders import FILE, codes, evidence, outcome, seen, submission


def test_tidy_suite_has_no_findings() -> None:
    assert judge(evidence()) == ()


def test_changed_configuration_blocks_and_names_the_setting() -> None:
    (found,) = judge(evidence(outcome(observations=(seen(Code.CONFIG_OVERRIDDEN, "", None, detail="--maxfail"),))))
    assert (found.code, found.severity) == (Code.CONFIG_OVERRIDDEN, Severity.BLOCKS)
    assert "--maxfail" in found.message


def test_each_changed_setting_is_told() -> None:
    both = tuple(seen(Code.CONFIG_OVERRIDDEN, "", None, detail=name) for name in ("--maxfail", "filterwarnings"))
    assert codes(judge(evidence(outcome(observations=both)))) == [Code.CONFIG_OVERRIDDEN] * 2


def test_unclosed_resource_is_a_note_at_its_line() -> None:
    (found,) = judge(evidence(outcome(observations=(seen(Code.UNCLOSED_RESOURCE, line=8, detail="An AsyncClient"),))))
    assert (found.code, found.severity, found.place) == (Code.UNCLOSED_RESOURCE, Severity.NOTE, Place(FILE, 8))
    assert found.message.startswith("An AsyncClient made in test_price")


def test_one_line_that_opens_the_same_thing_for_many_tests_is_told_once() -> None:
    both = tuple(seen(Code.UNCLOSED_RESOURCE, name, detail="A client") for name in ("test_a", "test_b"))
    (found,) = judge(evidence(outcome(observations=both)))
    assert found.test.endswith("test_a")


def test_edited_given_file_is_a_note_that_names_it() -> None:
    (found,) = judge(evidence(submission=submission(edited_given=("shop.py",))))
    assert (found.code, found.severity) == (Code.GIVEN_FILE_EDITED, Severity.NOTE)
    assert found.message.startswith("shop.py was changed")


def test_observations_of_other_judges_are_left_to_them() -> None:
    assert judge(evidence(outcome(observations=(seen(Code.NETWORK),)))) == ()
