"""The life of an event loop: a lane for each task, a box for each step, an arrow from whoever woke it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .svg import AMBER, BLUE, CHARACTER, FAINT, GREEN, RED, VIOLET, box, card, line, text

_TOP, _LANE, _BOX = 44, 52, 20


@dataclass(frozen=True, slots=True)
class Step:
    """One run of one task, up to its next await."""

    task: str
    woken_by: str
    then: str
    line: int
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is drawn. `lost`: coroutines never awaited, each as (name, line, number of the step it was noticed in)."""

    tasks: Sequence[str]
    made_by: Mapping[str, str]
    steps: Sequence[Step]
    lost: Sequence[tuple[str, int, int]]
    pending: Sequence[str]
    outcome: str


def draw(timeline: Timeline, title: str = "Who ran when") -> str:
    """The picture as SVG text."""
    lanes = [*timeline.tasks, *(["the clock"] if any(s.woken_by == "clock" for s in timeline.steps) else [])]
    left = 28 + 1.1 * CHARACTER * max([len(name) for name in lanes] + [10])
    widths = [max(74.0, 18 + CHARACTER * len(_label(step))) for step in timeline.steps]
    starts = [left + sum(widths[:number]) for number in range(len(widths))]
    right = left + sum(widths) + 24
    lane_y = {name: _TOP + _LANE * number + 18 for number, name in enumerate(lanes)}
    shapes: list[str] = []
    for name, y in lane_y.items():
        shapes.append(
            text(12, y + 4, name, colour=FAINT if name == "the clock" else "#1f2328", bold=name in timeline.tasks)
        )
        shapes.append(line(left, y, right - 12, y, dashed=True))
    last: dict[str, int] = {}
    for number, step in enumerate(timeline.steps):
        x, y = starts[number], lane_y[step.task]
        waker = "the clock" if step.woken_by == "clock" else step.woken_by
        if waker in lane_y and waker != step.task:
            by = last.get(waker)
            from_x = starts[by] + _width(timeline.steps[by]) / 2 if by is not None else x - 8
            from_y = lane_y[waker] + (_BOX / 2 if lane_y[waker] < y else -_BOX / 2)
            to_y = y - _BOX / 2 if lane_y[waker] < y else y + _BOX / 2
            if waker == "the clock":
                from_x, from_y = x - 8, lane_y[waker]
            shapes.append(line(from_x, from_y, x + 6, to_y, colour=FAINT, arrow=True))
        last[step.task] = number
        shapes.append(box(x, y - _BOX / 2, _width(step), _BOX, colour=_colour(step), title=_told(step)))
        shapes.append(text(x + 6, y + 4, str(number + 1), size=11, colour=FAINT))
        shapes.append(text(x, y + 24, _label(step), size=11, colour=_colour(step)))
    for name in timeline.pending:
        shapes.append(text(right - 16, lane_y[name] - 14, "left pending", size=11, colour=RED, anchor="end"))
    bottom = _TOP + _LANE * len(lanes)
    for name, at, step_number in timeline.lost:
        where = f"line {at}, " if at else ""
        told = f"{name}() was never awaited ({where}noticed in step {step_number}): no lane, its body never ran"
        shapes.append(text(12, bottom + 14, told, colour=RED, size=12))
        bottom += 20
    if timeline.outcome != "passed":
        shapes.append(text(12, bottom + 14, f"ends with {timeline.outcome}"[:120], colour=RED))
        bottom += 20
    return card(right, bottom + 12, title, describe(timeline), shapes)


def describe(timeline: Timeline) -> str:
    """The same in words."""
    told = [f"{number}. {_told(step)}" for number, step in enumerate(timeline.steps, 1)]
    told += [f"{name}() was never awaited." for name, _, _ in timeline.lost]
    told += [f"{name} was left pending." for name in timeline.pending]
    return " ".join(told)


def _told(step: Step) -> str:
    by = {"outside": "", step.task: " again"}.get(step.woken_by, f", woken by {step.woken_by},")
    blocked = ", blocking the loop" if step.is_blocking else ""
    return f"{step.task}{by} runs{blocked}, then {_label(step)}."


def _label(step: Step) -> str:
    if step.then == "returns" or step.then == "cancelled" or step.then.startswith("raises "):
        return f"blocked · {step.then}" if step.is_blocking else step.then
    where = f" ({step.line})" if step.line else ""
    return f"{'blocked · ' if step.is_blocking else ''}awaits {step.then}{where}"


def _width(step: Step) -> float:
    return 56.0 if step.is_blocking else 34.0


def _colour(step: Step) -> str:
    if step.is_blocking:
        return AMBER
    if step.then.startswith("raises "):
        return RED
    return {"returns": GREEN, "cancelled": VIOLET}.get(step.then, BLUE)
