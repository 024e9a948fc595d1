"""The figures as text: ratios first, a plain chart, and Markdown for the README."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from itertools import groupby
from statistics import median

from .crowd import Crowd
from .on_screen import ScreenCost
from .tools import OURS, ToolCost
from .verdicts import Cost

BEGIN, END = "<!-- kata bench: begin -->", "<!-- kata bench: end -->"
ONE = 20  # the length of a bar that stands for one cold pytest run
LONGEST = 3 * ONE


def line(cost: Cost) -> str:
    """One exercise while the rest is being measured."""
    return (
        f"{cost.cold_ratio:5.2f} cold  {cost.warm_ratio:5.2f} warm  {cost.exercise}  {cost.trials} trials: "
        f"{cost.cold_s:.2f} s and {cost.warm_s:.2f} s, pytest {cost.pytest_s:.2f} s"
    )


def machine(rounds: int) -> str:
    """What it was measured on."""
    return (
        f"Medians of {rounds} rounds, the three in turn; Python {platform.python_version()}, {platform.system()}, "
        f"{os.cpu_count()} cores."
    )


def chart(costs: Sequence[Cost]) -> str:
    """A bar for each verdict, cold and warm; the mark stands at the end of one cold pytest run."""
    width = max(len(cost.exercise) for cost in costs)
    lines = [f"{'':{width}}        {'one cold pytest ▼':>{ONE}}"]
    for cost in costs:
        for name, kind, ratio in (("cold", "█", cost.cold_ratio), ("warm", "▒", cost.warm_ratio)):
            bar = kind * min(max(1, round(ratio * ONE)), LONGEST)
            lines.append(f"{cost.exercise if name == 'cold' else '':{width}}  {name}  {bar} {ratio:.2f}")
    return "\n".join(lines)


def verdicts(costs: Sequence[Cost], rounds: int) -> str:
    """A Markdown table and the chart."""
    rows = (
        f"| {c.exercise} | {c.cold_ratio:.2f} | {c.warm_ratio:.2f} | {c.trials} "
        f"| {c.cold_s:.2f} | {c.warm_s:.2f} | {c.pytest_s:.2f} |"
        for c in costs
    )
    head = [
        "| exercise | cold ÷ pytest | warm ÷ pytest | trials | cold, s | warm, s | cold pytest, s |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    drawn = ["<details><summary>As a chart</summary>", "", "```", chart(costs), "```", "", "</details>"]
    return "\n".join([*head, *rows, "", machine(rounds), "", *drawn])


def tools(costs: Sequence[ToolCost]) -> str:
    """A Markdown table: the time for one mutant, ours first, and how many times ours it is."""
    lines = ["| exercise | tool | ÷ ours | ms a mutant | mutants |", "|---|---|---:|---:|---:|"]
    for _, group in groupby(costs, key=lambda cost: cost.exercise):
        measured = list(group)
        ours = next(cost for cost in measured if cost.tool == OURS)
        for cost in measured:
            ratio = cost.each_ms / ours.each_ms
            lines.append(f"| {cost.exercise} | {cost.tool} | {ratio:.1f} | {cost.each_ms:.0f} | {cost.mutants} |")
    return "\n".join(lines)


def on_screen(costs: Sequence[ScreenCost]) -> str:
    """A Markdown table: from a save to the verdict on the screen, and the median of the ratios."""
    lines = ["| exercise | save to screen ÷ pytest | save to screen, s | cold pytest, s |", "|---|---:|---:|---:|"]
    lines += [f"| {c.exercise} | {c.ratio:.2f} | {c.screen_s:.2f} | {c.pytest_s:.2f} |" for c in costs]
    lines += [f"| median | {median(c.ratio for c in costs):.2f} | | |"]
    return "\n".join(lines)


def crowds(measured: Sequence[Crowd]) -> str:
    """A Markdown table of classes."""
    lines = [
        "| exercise | processors busy | submissions a minute | trials | zygote, MiB | worker's own, MiB |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    lines += [
        f"| {c.exercise} | {c.busy:.0%} | {c.per_minute:.0f} | {c.trials} | {c.zygote_mib:.0f} | {c.worker_mib:.0f} |"
        for c in measured
    ]
    return "\n".join(lines)


def written_into(text: str, made: str) -> str:
    """`text` with what stands between its two markers replaced. Raises ValueError when there are no markers."""
    head, begin, rest = text.partition(BEGIN)
    _, end, tail = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"no {BEGIN} … {END}")
    return f"{head}{BEGIN}\n{made}\n{END}{tail}"
