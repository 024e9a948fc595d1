"""Marks of the parcel desk's tests."""

import pytest

MARKS = ("slow: takes more than a second", "contract: talks to the carrier's test system")


def pytest_configure(config: pytest.Config) -> None:
    for mark in MARKS:
        config.addinivalue_line("markers", mark)
