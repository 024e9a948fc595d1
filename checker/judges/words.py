"""Wording that several judges share."""

from __future__ import annotations

from ..engine.trial import Report


def test_name(test: str) -> str:
    """The part of a test id that a person calls it by."""
    return test.rpartition("::")[2] if "::" in test else test


def listed(names: list[str], limit: int = 3) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and 4 more`."""
    if len(names) > limit:
        names = [*names[: limit - 1], f"{len(names) - limit + 1} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def count(number: int, thing: str) -> str:
    """`1 test`, `3 tests`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def reason(report: Report) -> str:
    """The first line of what a failure said."""
    return report.message.strip().splitlines()[0][:160] if report.message.strip() else "it failed"
