"""What is new in a verdict."""

from __future__ import annotations

from checker.changes import NOTHING_NEW, Changes, changes
from checker.findings import BugResult, Code, Verdict, VerdictKind, finding


def verdict(*, caught: str = "", escaped: str = "", codes: tuple[Code, ...] = ()) -> Verdict:
    bugs = [BugResult(name, name, True) for name in caught.split()]
    bugs += [BugResult(name, name, False) for name in escaped.split()]
    return Verdict("ex", VerdictKind.REJECTED, 0, tuple(finding(code, "seen") for code in codes), tuple(bugs))


def test_nothing_is_new_in_the_first_verdict() -> None:
    assert changes(None, verdict(caught="a b")) == NOTHING_NEW


def test_a_bug_caught_for_the_first_time_is_new() -> None:
    assert changes(verdict(escaped="a b"), verdict(caught="a", escaped="b")) == Changes(caught=frozenset({"a"}))


def test_a_bug_that_gets_past_again_is_lost() -> None:
    assert changes(verdict(caught="a b"), verdict(caught="a", escaped="b")) == Changes(lost=frozenset({"b"}))


def test_nothing_is_lost_where_no_bug_was_tried() -> None:
    assert changes(verdict(caught="a b"), verdict()) == NOTHING_NEW


def test_a_bug_that_was_not_there_before_is_neither() -> None:
    assert changes(verdict(caught="a"), verdict(caught="a b", escaped="c")) == NOTHING_NEW


def test_a_code_that_blocks_for_the_first_time_is_new() -> None:
    before, after = verdict(codes=(Code.NEVER_AWAITED,)), verdict(codes=(Code.NEVER_AWAITED, Code.SKIPPED))
    assert changes(before, after) == Changes(codes=frozenset({Code.SKIPPED}))


def test_notes_are_never_new() -> None:
    assert changes(verdict(), verdict(codes=(Code.REAL_SLEEP,))) == NOTHING_NEW
