"""Wording that several judges share."""

from __future__ import annotations

import pytest

from checker.judges.words import count, listed, reason
from checker.judges.words import test_name as name_of
from checker.tests.builders import collect_error, report


@pytest.mark.parametrize(
    ("test", "name"),
    [
        ("test_shop.py::test_price", "test_price"),
        ("test_shop.py::TestShop::test_price", "test_price"),
        ("test_shop.py::test_price[49-5]", "test_price[49-5]"),
        ("test_shop.py::test_connects[::1]", "test_connects[::1]"),
        ("test_shop.py", "test_shop.py"),
        ("", ""),
    ],
)
def test_test_is_called_by_the_last_part_of_its_id(test: str, name: str) -> None:
    assert name_of(test) == name


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d", "e"], "a, b and 3 more"),
    ],
)
def test_names_are_listed_as_in_a_sentence(names: list[str], words: str) -> None:
    assert listed(names) == words


@pytest.mark.parametrize(("number", "words"), [(0, "0 tests"), (1, "1 test"), (2, "2 tests")])
def test_things_are_counted(number: int, words: str) -> None:
    assert count(number, "test") == words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("assert 1\nmore", "assert 1"),
        (" \n", "it failed"),
        ("x" * 300, "x" * 199 + "…"),
        ("x" * 200, "x" * 200),
        ("x" * 190 + " yyy zzzzzzzz", "x" * 190 + " yyy…"),
    ],
)
def test_reason_is_the_first_line_within_bounds(message: str, words: str) -> None:
    assert reason(report("test_price", message=message)) == words


def test_reason_of_a_collect_error_is_the_last_line_of_pytests_own() -> None:
    assert reason(collect_error(text="shop.py:1: in <module>\nE   while\nE   ImportError: no shop\n")) == (
        "ImportError: no shop"
    )
