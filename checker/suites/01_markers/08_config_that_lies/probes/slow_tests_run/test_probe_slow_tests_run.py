from collections.abc import Callable
from typing import Any

import pytest


def mark(name: str) -> Callable[[Any], Any]:
    """The mark; none where it is not known, which is another probe's matter."""
    try:
        return getattr(pytest.mark, name)
    except (pytest.fail.Exception, pytest.PytestUnknownMarkWarning):
        return lambda test: test


ran: set[str] = set()


@mark("slow")
def test_takes_its_time() -> None:
    ran.add("slow")


@mark("contract")
def test_asks_the_carrier() -> None:
    ran.add("contract")


def test_both_have_run() -> None:
    assert sorted(ran) == ["contract", "slow"]


@mark("slow")
def test_takes_its_time_and_is_wrong() -> None:
    assert "P-0001" == "P-0002"
