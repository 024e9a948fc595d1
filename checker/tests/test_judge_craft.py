"""The judge `craft`: the technique that the brief names, if any; all else is a note."""

from __future__ import annotations

import pytest

from checker.engine.trial import Place
from checker.findings import Code, Severity
from checker.judges.craft import judge
from checker.tests.builders import (
    FILE,
    codes,
    evidence,
    exercise,
    mutant,
    outcome,
    probe,
    report,
    submission,
)

TABLE = exercise(craft=("parametrized",))


def test_typed_suite_without_a_rule_has_no_findings() -> None:
    assert judge(evidence()) == ()


def test_missing_table_blocks_where_the_brief_asks_for_one() -> None:
    (found,) = judge(evidence(exercise=TABLE))
    assert (found.code, found.severity) == (Code.NOT_PARAMETRIZED, Severity.BLOCKS)


def test_parametrized_test_satisfies_the_brief() -> None:
    assert judge(evidence(outcome(tests=("test_price[50-0]",)), exercise=TABLE)) == ()


def test_id_that_anyio_gives_is_no_table() -> None:
    assert codes(judge(evidence(outcome(tests=("test_price[asyncio]",)), exercise=TABLE))) == [Code.NOT_PARAMETRIZED]


def test_table_under_anyio_is_one() -> None:
    assert judge(evidence(outcome(tests=("test_price[asyncio-50-0]",)), exercise=TABLE)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "async def test_price():\n    ...\n",
        "def test_price(shop) -> None:\n    ...\n",
        "class TestShop:\n    def test_price(self, shop) -> None:\n        ...\n",
    ],
    ids=["no result", "parameter", "method"],
)
def test_test_without_hints_is_a_note(text: str) -> None:
    (found,) = judge(evidence(submission=submission(text)))
    assert (found.code, found.severity) == (Code.UNTYPED_TEST, Severity.NOTE)


def test_method_needs_no_hint_for_self() -> None:
    text = "class TestShop:\n    async def test_price(self) -> None:\n        ...\n"
    assert judge(evidence(submission=submission(text))) == ()


def test_untyped_tests_are_counted_at_the_first() -> None:
    text = "def helper(x):\n    ...\n\n\ndef test_a():\n    ...\n\n\ndef test_b():\n    ...\n"
    (found,) = judge(evidence(submission=submission(text)))
    assert found.place == Place(FILE, 5)
    assert found.message.startswith("2 tests without type hints (test_a and test_b)")


def test_file_that_is_not_python_stops_nothing() -> None:
    odd = submission(files={FILE: b"def test_price() -> None: ...\n", "tests/notes.py": b"def oops(:\n"})
    assert judge(evidence(submission=odd)) == ()


@pytest.mark.parametrize(
    ("raises", "told"),
    [
        ("pytest.raises(Exception)", [Code.BROAD_RAISES]),
        ("raises(BaseException)", [Code.BROAD_RAISES]),
        ("pytest.raises(Exception, match='late')", []),
        ("pytest.raises(LookupError)", []),
    ],
)
def test_a_raises_that_any_error_would_satisfy_is_a_note(raises: str, told: list[Code]) -> None:
    text = f"def test_price() -> None:\n    with {raises}:\n        ...\n"
    found = judge(evidence(submission=submission(files={FILE: text.encode()})))
    assert codes(found) == told
    assert all(each.severity is Severity.NOTE for each in found)


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("assert caught.value is error", []),
        ("assert isinstance(caught.value, KeyError)", []),
        ("assert other.value is error", [Code.BROAD_RAISES]),
        ("print(caught.value)", [Code.BROAD_RAISES]),
    ],
)
def test_a_wide_raises_is_no_matter_where_the_error_itself_is_asserted(after: str, told: list[Code]) -> None:
    text = f"def test_price() -> None:\n    with pytest.raises(Exception) as caught:\n        ...\n    {after}\n"
    assert codes(judge(evidence(submission=submission(files={FILE: text.encode()})))) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [("assert (1 == 2, 'why')", [Code.ALWAYS_TRUE]), ("assert (1 == 1), 'why'", []), ("assert (1, 2) == (1, 2)", [])],
)
def test_an_assertion_of_a_tuple_is_a_note(line: str, told: list[Code]) -> None:
    text = f"def test_price() -> None:\n    {line}\n"
    assert codes(judge(evidence(submission=submission(files={FILE: text.encode()})))) == told


def test_test_that_caught_nothing_is_a_note_once_every_bug_is_caught() -> None:
    reference = outcome(tests=("test_price", "test_idle"))
    caught = outcome(report("test_price"), tests=("test_price", "test_idle"))
    found = judge(evidence(reference, mutants=((mutant(), caught),)))
    assert codes(found) == [Code.REDUNDANT_TEST]
    assert "test_idle" in found[0].message
    assert "test_price" not in found[0].message


def test_idle_tests_are_not_told_while_a_bug_is_at_large() -> None:
    reference = outcome(tests=("test_price", "test_idle"))
    assert judge(evidence(reference, mutants=((mutant(), outcome()),))) == ()


def test_idle_tests_are_not_told_where_only_probes_judge() -> None:
    assert judge(evidence(probes=((probe(), outcome()),))) == ()
