"""Pictures are well-formed, say in words what they show, escape what they are given, and are the same each time."""

from __future__ import annotations

import xml.etree.ElementTree as Xml

import pytest

from checker.drawing import lifetimes, matrix, request, timeline, transactions
from checker.drawing.lifetimes import Lifetimes, Moment
from checker.drawing.matrix import Matrix
from checker.drawing.request import Message
from checker.drawing.timeline import Step, Timeline
from checker.drawing.transactions import Event, survives

SVG = "{http://www.w3.org/2000/svg}"
TIMELINE = Timeline(
    ["main", "a<b>"],
    {"main": "outside", "a<b>": "main"},
    [
        Step("main", "outside", "sleep", 3, False),
        Step("a<b>", "main", "Event.wait", 7, True),
        Step("main", "clock", "returns", 0, False),
    ],
    [("forgotten", 4, 1)],
    ["a<b>"],
    "ValueError: <&>",
)
LIVES = Lifetimes(
    [Moment("set up", "db", "module", 1), Moment("begins", "test_a", "", 2), Moment("ends", "test_a", "", 0)],
    {"test_a": "failed"},
    {"test_a": "attached to a different loop"},
)
EVENTS = [
    Event(what, 1, name)
    for what, name in [
        ("begin", ""),
        ("write", "insert a"),
        ("savepoint", "s1"),
        ("write", "insert b"),
        ("rollback to", "s1"),
        ("savepoint", "s2"),
        ("write", "insert c"),
        ("release", "s2"),
        ("commit", ""),
        ("begin", ""),
        ("write", "insert d"),
        ("rollback", ""),
    ]
]
PICTURES = {
    "timeline": timeline.draw(TIMELINE),
    "lifetimes": lifetimes.draw(LIVES),
    "transactions": transactions.draw(EVENTS),
    "matrix": matrix.draw(Matrix(["test_a", "test_b"], ["<late>", "lost"], [frozenset({0}), frozenset()])),
    "request": request.draw([Message("test", "client", "GET /"), Message("app", "transport", "raises X")]),
    "nothing": request.draw([]),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_well_formed_and_told_in_words(name: str) -> None:
    root = Xml.fromstring(PICTURES[name])
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    for shape in root.iter():
        assert 0 <= float(shape.get("x", "0").rstrip("%")) <= width
        assert 0 <= float(shape.get("y", "0").rstrip("%")) <= height


def words(name: str) -> list[str]:
    return [text.text or "" for text in Xml.fromstring(PICTURES[name]).iter(f"{SVG}text")]


def test_a_timeline_tells_what_was_lost_left_and_blocked() -> None:
    said = words("timeline")
    assert "left pending" in said
    assert any(text.startswith("forgotten() was never awaited (line 4, noticed in step 1)") for text in said)
    assert "blocked · awaits Event.wait (7)" in said
    assert "the clock" in said


def test_only_what_was_committed_survives() -> None:
    kept = {EVENTS[at].name: is_kept for at, is_kept in survives(EVENTS).items()}
    assert kept == {"insert a": True, "insert b": False, "insert c": True, "insert d": False}


def test_a_write_outside_of_any_transaction_survives() -> None:
    assert survives([Event("write", 1, "insert")]) == {0: True}


def test_an_open_transaction_keeps_nothing() -> None:
    assert survives([Event("begin", 1, ""), Event("write", 1, "insert")]) == {1: False}


def test_connections_do_not_mix() -> None:
    events = [Event("begin", 1, ""), Event("begin", 2, ""), Event("write", 1, "x"), Event("commit", 2, "")]
    assert survives(events) == {2: False}


def test_a_fixture_that_is_never_torn_down_is_told() -> None:
    assert "loop 1, never torn down" in words("lifetimes")


def test_a_bug_that_nothing_catches_is_told() -> None:
    assert "2  lost  escapes" in words("matrix")
