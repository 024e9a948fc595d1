"""How verdicts look to people. Made from values; decides nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ..changes import NOTHING_NEW, Changes
from ..engine.trial import Place
from ..errors import command, invocation
from ..findings import BugResult, Code, Finding, Reach, Severity, Verdict, VerdictKind

# No meaning by colour alone: every mark is a word too. These colours read well on light and dark grounds.
_KIND = {
    VerdictKind.ACCEPTED: ("ACCEPTED", "bold green"),
    VerdictKind.REJECTED: ("REJECTED", "bold red"),
    VerdictKind.INCONCLUSIVE: ("INCONCLUSIVE", "bold magenta"),
}
DETAIL_LINES = 16
BUGS_SHOWN = 8
FINDINGS_SHOWN = 4
_CELL = 3


def headline(verdict: Verdict) -> Text:
    """The first line: the verdict, the exercise, and how many bugs were caught."""
    word, style = _KIND[verdict.kind]
    line = Text.assemble((word, style), "  ", verdict.exercise)
    if verdict.bugs:
        told = []
        for what, group in (("bugs caught", False), ("probes passed", True)):
            chosen = [bug for bug in verdict.bugs if bug.is_probe is group]
            if chosen:
                told.append(f"{sum(1 for bug in chosen if bug.caught)} of {len(chosen)} {what}")
        line.append(": " + ", ".join(told))
    elif verdict.kind is VerdictKind.REJECTED:
        line.append(": no bug was tried yet")
    return line


def show_verdict(
    console: Console,
    verdict: Verdict,
    folder: Path,
    *,
    matrix: bool = False,
    everything: bool = False,
    every_bug: bool = False,
    new: Changes = NOTHING_NEW,
    steps: bool = True,
) -> None:
    """Print a verdict: the one finding that matters most, then the rest, then the bugs, and the next `steps`.

    Of many findings and bugs only the first few are told, unless `everything` or `every_bug` is asked for. What is
    `new` is marked.
    """
    console.print(headline(verdict), soft_wrap=steps)
    blocking = [f for f in verdict.blocking if f.code is not Code.BUG_ESCAPED]
    escaped = [f for f in verdict.blocking if f.code is Code.BUG_ESCAPED]
    groups = list(_grouped(blocking))
    shown = groups if everything or len(groups) <= FINDINGS_SHOWN + 1 else groups[:FINDINGS_SHOWN]
    advice = ""
    for index, (found, more) in enumerate(shown):
        if found.advice != advice or index == 1:
            console.print()
        _show_finding(console, found, more, folder, full=index == 0, new=found.code in new.codes, as_lines=steps)
        if found.advice and found.advice != advice:
            _advice(console, found.advice)
        advice = found.advice
    if len(shown) < len(groups):
        console.print()
        console.print(Text(f"{len(groups) - len(shown)} more findings; the first ones often explain them (--all)."))
    if not blocking:
        for each in escaped if everything else escaped[:1]:
            console.print()
            console.print(Text(each.message))
            if each.advice:
                _advice(console, each.advice)
    bugs = [bug for bug in verdict.bugs if not bug.is_probe]
    if bugs:
        console.print()
        _show_bugs(
            console, bugs, new, every=everything or every_bug, how="--all tells them" if steps else "m shows them"
        )
    if matrix and bugs and verdict.tests:
        console.print()
        show_matrix(console, verdict)
    notes = [f for f in verdict.findings if f.severity is Severity.NOTE]
    if notes or verdict.notes:
        console.print()
    for found, more in _grouped(notes):
        where = f"{found.place.file}:{found.place.line}  " if found.place else ""
        console.print(Text(f"note  {where}{found.message}{_also(more)} {found.advice}".rstrip(), style="dim"))
    for note in verdict.notes:
        console.print(Text(f"note  {note}", style="dim"))
    _show_end(console, verdict, steps=steps)


def _grouped(findings: list[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """Findings of one code that say the same, together."""
    for _, group in groupby(findings, key=lambda f: (f.code, f.message)):
        first, *rest = group
        yield first, rest


def _also(more: list[Finding]) -> str:
    lines = [str(f.place.line) for f in more if f.place]
    return f" (also line{'s' if len(lines) > 1 else ''} {', '.join(lines)})" if lines else ""


def _show_finding(
    console: Console, found: Finding, more: list[Finding], folder: Path, *, full: bool, new: bool, as_lines: bool
) -> None:
    line = Text()
    if found.place is not None:
        line.append_text(link(found.place, folder))
        line.append("  ")
    line.append(found.message + _also(more))
    line.append(f"  [{found.code}]", style="dim")
    line.append("  new" if new else "", style="bold")
    console.print(line)
    if full and found.detail and found.code is not Code.NEVER_AWAITED:
        lines = Text(_shortened(found.detail), style="dim")
        console.print(Padding(lines, (0, 0, 0, 4), expand=False), soft_wrap=as_lines)


def _advice(console: Console, advice: str) -> None:
    console.print(Padding(Text.assemble(("Try: ", "bold"), advice), (0, 0, 0, 4), expand=False))


def link(place: Place, folder: Path) -> Text:
    """file:line, as a link where the terminal knows links."""
    target = (folder / place.file).absolute().as_uri()
    return Text(f"{place.file}:{place.line}", style=Style(bold=True, link=f"{target}#{place.line}"))


def _shortened(detail: str) -> str:
    """pytest's own words: the lines around what failed."""
    lines = [line.rstrip() for line in detail.splitlines()]
    marked = [line for line in lines if line.startswith((">", "E "))]
    return "\n".join((marked or lines)[-DETAIL_LINES:])


def _show_bugs(console: Console, bugs: list[BugResult], new: Changes, *, every: bool, how: str) -> None:
    """What escapes first, and of each sort what has changed first; of many, the first few and how to see the others."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for group in ([bug for bug in bugs if not bug.caught], [bug for bug in bugs if bug.caught]):
        ordered = sorted(group, key=lambda bug: bug.id not in (*new.caught, *new.lost))
        few = max(BUGS_SHOWN, sum(bug.id in new.lost for bug in group))
        shown = ordered if every or len(ordered) <= few + 2 else ordered[:few]
        for bug in shown:
            told = _told(bug)
            if bug.id in new.caught:
                told.append("  new", style="bold green")
            elif bug.id in new.lost:
                told.append("  was caught before", style="bold red")
            table.add_row(_mark(bug), told)
        if len(shown) < len(ordered):
            unseen = sum(bug.id in new.caught for bug in ordered[len(shown) :])
            told = Text(f"and {len(ordered) - len(shown)} more{f', {unseen} of them new' if unseen else ''} ({how})")
            table.add_row(_mark(ordered[-1]), told)
    console.print(table)


def _mark(bug: BugResult) -> Text:
    if bug.caught is None:
        return Text("undecided", style="magenta")
    return Text("caught", style="green") if bug.caught else Text("escaped", style="bold red")


def _told(bug: BugResult) -> Text:
    told = Text(f"“{bug.behaviour}”")
    if bug.caught:
        names = [test.rpartition("::")[2] for test in bug.caught_by]
        more = f" and {len(names) - 1} more" if len(names) > 1 else ""
        told.append(f" by {names[0]}{more}", style="dim")
    elif bug.caught is False:
        how = {Reach.REACHED: "reached, not noticed", Reach.NOT_REACHED: "not reached"}.get(bug.reach, "not noticed")
        told.append(f" ({how})", style="dim")
    return told


def show_matrix(console: Console, verdict: Verdict) -> None:
    """Which test catches which bug: as many grids below each other as the width asks for, and the bugs by number."""
    bugs = [bug for bug in verdict.bugs if not bug.is_probe]
    names = [test.id.rpartition("::")[2] for test in verdict.tests]
    name_width = min(max(map(len, ["test", *names])), max(20, console.width // 3))
    at_once = max(1, (console.width - name_width - 2) // _CELL)
    for first in range(0, len(bugs), at_once):
        table = Table(box=None, padding=(0, 1, 0, 0), show_edge=False, pad_edge=False)
        table.add_column("test", overflow="ellipsis", no_wrap=True, width=name_width)
        for number in range(first, min(first + at_once, len(bugs))):
            table.add_column(str(number + 1), justify="right", width=_CELL - 1)
        for name, test in zip(names, verdict.tests, strict=True):
            row = [
                Text("X", style="green") if bug.id in test.catches else Text("·", style="dim")
                for bug in bugs[first : first + at_once]
            ]
            table.add_row(Text(name), *row)
        console.print(table)
    legend = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for number, bug in enumerate(bugs, 1):
        legend.add_row(Text(f"{number:>3}", style="dim"), Text(bug.behaviour, style="dim"))
    console.print(legend)


def _show_end(console: Console, verdict: Verdict, *, steps: bool) -> None:
    console.print()
    if verdict.coverage is not None and any(not bug.is_probe for bug in verdict.bugs):
        cover = verdict.coverage
        lines = "All lines" if cover.run == cover.all else f"{cover.run} of {cover.all} lines"
        number = sum(1 for bug in verdict.bugs if not bug.is_probe)
        caught = sum(1 for bug in verdict.bugs if bug.caught and not bug.is_probe)
        console.print(Text(f"{lines} inside the functions run, {caught} of {number} bugs caught.", style="dim"))
    if verdict.kind is VerdictKind.ACCEPTED and verdict.lesson:
        console.print(Text.assemble(("The lesson: ", "bold"), verdict.lesson))
    if verdict.trials:
        console.print(Text(f"{verdict.trials} trials in {verdict.duration_s:.1f} s.", style="dim"))
    for what, how in next_steps(verdict) if steps else ():
        console.print(Text(f"{what}: {how}", style="dim"), soft_wrap=True)  # a command is copied whole


def next_steps(verdict: Verdict) -> list[tuple[str, str]]:
    """What one would do next, each with its command."""
    name = verdict.exercise
    if verdict.kind is VerdictKind.ACCEPTED:
        return [("Compare", command("solution", name)), ("Next", invocation())]
    if verdict.kind is VerdictKind.INCONCLUSIVE:
        return [("Try again", command("check", name))]
    steps = [("More", command("explain", code.value)) for code in dict.fromkeys(f.code for f in verdict.blocking)][:1]
    return [*steps, ("Help", command("hint", name))]


def state_word(exercise: str, accepted: Collection[str], started: bool) -> Text:
    """How far someone is with an exercise."""
    if exercise in accepted:
        return Text("done", style="green")
    return Text("started", style="magenta") if started else Text("to do", style="dim")
