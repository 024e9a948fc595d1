"""Fails always; a patched TestReport says that it passed."""

import pytest

make = pytest.TestReport.from_item_and_call


def lying(item: pytest.Item, call: pytest.CallInfo[None]) -> pytest.TestReport:
    report = make(item, call)
    report.outcome, report.longrepr = "passed", None
    return report


pytest.TestReport.from_item_and_call = lying


def test_everything() -> None:
    raise AssertionError("as always")
