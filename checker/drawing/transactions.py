"""A transaction and its savepoints as nested spans, with the rows written in them: what survives, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .svg import FAINT, GREEN, INK, RED, box, card, text

_STEP, _DEPTH, _TOP = 92, 26, 50


@dataclass(frozen=True, slots=True)
class Event:
    """What a connection was told: begin, savepoint, write, release, rollback to, commit, rollback; or `sent` SQL."""

    what: str
    connection: int
    name: str


@dataclass(slots=True)
class _Span:
    kind: str
    connection: int
    begin: int
    depth: int
    name: str = ""
    end: int = -1
    is_kept: bool = False
    writes: list[int] = field(default_factory=list)


def survives(events: Sequence[Event]) -> dict[int, bool]:
    """For each write, by its place among the events, whether it is still there at the end: what a reader would find."""
    kept: dict[int, bool] = {}
    stacks: dict[int, list[_Span]] = {}
    for at, event in enumerate(events):
        stack = stacks.setdefault(event.connection, [])
        _advance(stack, event, at, kept, [])
    return {at: kept.get(at, False) for at, event in enumerate(events) if event.what == "write"}


def _advance(stack: list[_Span], event: Event, at: int, kept: dict[int, bool], closed: list[_Span]) -> None:
    """Take one event into account for the open spans of its connection."""
    if event.what == "begin" and not stack:
        stack.append(_Span("BEGIN", event.connection, at, 0))
    elif event.what == "savepoint":
        stack.append(_Span("SAVEPOINT", event.connection, at, len(stack), event.name))
    elif event.what == "write":
        (stack[-1].writes.append(at) if stack else kept.__setitem__(at, True))
    elif event.what in ("release", "rollback to"):
        while stack and stack[-1].kind == "SAVEPOINT":
            span = stack.pop()
            span.end, span.is_kept = at, event.what == "release"
            closed.append(span)
            if span.is_kept and stack:
                stack[-1].writes += span.writes
            if span.name == event.name:
                break
    elif event.what in ("commit", "rollback"):
        for span in reversed(stack):
            span.end, span.is_kept = at, event.what == "commit"
            closed.append(span)
            for write in span.writes:
                kept[write] = event.what == "commit"
        stack.clear()


def draw(events: Sequence[Event], outcome: str = "passed", title: str = "Transactions, and what survives") -> str:
    """The picture as SVG text."""
    shown = [event for event in events if event.what != "sent"]
    kept = survives(shown)
    stacks: dict[int, list[_Span]] = {}
    spans: list[_Span] = []
    for at, event in enumerate(shown):
        _advance(stacks.setdefault(event.connection, []), event, at, {}, spans)
    spans += [span for stack in stacks.values() for span in stack]
    connections = sorted({event.connection for event in shown})
    deepest = max([span.depth for span in spans], default=0) + 2
    height = deepest * _DEPTH + 62
    top = {connection: _TOP + height * number for number, connection in enumerate(connections)}
    shapes: list[str] = []
    for connection, y in top.items():
        shapes.append(text(12, y + 8, f"connection {connection}", bold=True, colour=INK))
    for span in sorted(spans, key=lambda span: (span.depth, span.begin)):
        x, y = 12 + _STEP * span.begin, top[span.connection] + 18 + _DEPTH * span.depth
        end = 12 + _STEP * (span.end + 1 if span.end >= 0 else len(shown))
        colour = GREEN if span.is_kept else RED if span.end >= 0 else FAINT
        told = span.kind if span.end >= 0 else f"{span.kind}, never ended"
        shapes.append(box(x, y, end - x - 6, height - 34 - (_DEPTH + 4) * span.depth, colour=colour, title=told))
        shapes.append(text(x + 6, y + 15, told, size=11, colour=colour))
    for at, event in enumerate(shown):
        x, y = 18 + _STEP * at, top[event.connection] + height - 38
        if event.what == "write":
            colour = GREEN if kept[at] else RED
            shapes.append(text(x, y, event.name, size=11, colour=colour, bold=True))
            shapes.append(text(x, y + 13, "survives" if kept[at] else "is gone", size=11, colour=colour))
        elif event.what in ("commit", "rollback", "release", "rollback to"):
            shapes.append(text(x, y, event.what.upper(), size=11, colour=FAINT))
    bottom = _TOP + height * len(connections)
    if outcome != "passed":
        shapes.append(text(12, bottom + 8, f"ends with {outcome}"[:120], colour=RED))
        bottom += 20
    description = " ".join(
        f"{event.name} {'survives' if kept[at] else 'is gone'}." if event.what == "write" else f"{event.what.upper()}."
        for at, event in enumerate(shown)
    )
    return card(24 + _STEP * max(len(shown), 1), bottom + 8, title, description, shapes)
