"""Wording that several judges share."""

from __future__ import annotations

from ..engine.trial import Report


def test_name(test: str) -> str:
    """The part of a test id that a person calls it by."""
    head, bracket, parameters = test.partition("[")  # which may hold :: themselves, as IPv6 addresses do
    return head.rpartition("::")[2] + bracket + parameters


def listed(names: list[str], limit: int = 3) -> str:
    """Names in a sentence: `a`, `a and b`, `a, b and 4 more`."""
    if len(names) > limit:
        names = [*names[: limit - 1], f"{len(names) - limit + 1} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def count(number: int, thing: str) -> str:
    """`1 test`, `3 tests`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def reason(report: Report) -> str:
    """The first line of what a failure said; of one that has only a text, the last of pytest's own lines in it."""
    said = report.message.strip().splitlines()[:1]
    said = said or [line[2:].strip() for line in report.text.splitlines() if line.startswith("E  ")][-1:]
    return shortened(said[0]) if said else "it failed"


def shortened(text: str, limit: int = 200) -> str:
    """At most `limit` characters, cut between two words, with a mark where something was left out."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head) + "…"
