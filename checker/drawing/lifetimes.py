"""Fixture lifetimes against loop lifetimes: bars for fixtures and tests, bands for the event loops they ran on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .svg import AMBER, BLUE, CHARACTER, FAINT, GREEN, INK, RED, VIOLET, box, card, text

_STEP, _ROW, _TOP = 64, 30, 62
_LOOPS = (BLUE, VIOLET, AMBER, GREEN)


@dataclass(frozen=True, slots=True)
class Moment:
    """Something began or ended: `what` is "set up", "torn down", "begins" or "ends"; `loop` is 0 for none."""

    what: str
    name: str
    scope: str
    loop: int


@dataclass(frozen=True, slots=True)
class Lifetimes:
    """What pytest did with one file, in order; `outcomes` and the first line of `errors` by test."""

    moments: Sequence[Moment]
    outcomes: Mapping[str, str]
    errors: Mapping[str, str]


@dataclass(slots=True)
class _Bar:
    name: str
    scope: str
    loop: int
    begin: int
    end: int = -1


def draw(lifetimes: Lifetimes, title: str = "Fixtures, tests and their event loops") -> str:
    """The picture as SVG text."""
    bars = _bars(lifetimes)
    rows = list(dict.fromkeys((bar.name, bar.scope) for bar in bars))
    left = 28 + 1.1 * CHARACTER * max([len(f"{name} ({scope})") if scope else len(name) for name, scope in rows] + [10])
    last = len(lifetimes.moments)
    shapes: list[str] = []
    for number, (name, scope) in enumerate(rows):
        y = _TOP + _ROW * number
        shapes.append(text(12, y + 14, f"{name} ({scope})" if scope else name, bold=not scope, colour=INK))
        for bar in bars:
            if (bar.name, bar.scope) != (name, scope):
                continue
            x, end = left + _STEP * bar.begin, left + _STEP * (bar.end if bar.end >= 0 else last)
            failed = not scope and lifetimes.outcomes.get(name) == "failed"
            colour = RED if failed else _LOOPS[(bar.loop - 1) % len(_LOOPS)] if bar.loop else FAINT
            loop = f"loop {bar.loop}" if bar.loop else "no loop"
            open_end = "" if bar.end >= 0 or not scope else ", never torn down"
            shapes.append(box(x, y, max(end - x - 4, 50), 20, colour=colour, title=f"{name}: {loop}{open_end}"))
            shapes.append(text(x + 6, y + 14, loop + open_end, size=11, colour=colour))
    y = _TOP + _ROW * len(rows) + 16
    for name, error in lifetimes.errors.items():
        shapes.append(text(12, y, f"{name} fails: {error}"[:130], colour=RED, size=11))
        y += 18
    shapes.append(text(left, 46, "time →", colour=FAINT, size=11))
    return card(left + _STEP * last + 24, y + 4, title, describe(lifetimes), shapes)


def describe(lifetimes: Lifetimes) -> str:
    """The same in words."""
    told = []
    for moment in lifetimes.moments:
        loop = f" on loop {moment.loop}" if moment.loop else ""
        told.append(f"{moment.name} {moment.what}{loop}.")
    return " ".join(told)


def _bars(lifetimes: Lifetimes) -> list[_Bar]:
    bars: list[_Bar] = []
    for at, moment in enumerate(lifetimes.moments):
        if moment.what in ("set up", "begins"):
            bars.append(_Bar(moment.name, moment.scope, moment.loop, at))
        else:
            for bar in reversed(bars):
                if bar.name == moment.name and bar.end < 0:
                    bar.end = at + (1 if moment.what == "ends" else 0)
                    break
    return bars
