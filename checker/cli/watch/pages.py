"""What the pages of watch mode show. Made from values; decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from ...catalog import Exercise
from ...changes import NOTHING_NEW, Changes
from ...engine.trial import Place
from ...errors import command
from ...findings import Verdict, VerdictKind
from .. import show
from ..app import markdown

HINT = "Hint"


class Page(Enum):
    """Which page is shown."""

    WORK = "work"
    BRIEF = "brief"
    MATRIX = "matrix"
    LIST = "list"
    HELP = "help"


KEYS = {
    "h": ("hint", "one rung more of the ladder of hints"),
    "b": ("brief", "the whole brief, and back"),
    "m": ("matrix", "which test catches which bug, and back"),
    "l": ("list", "all exercises, to go to any of them"),
    "e": ("edit", "open your file in your editor"),
    "r": ("again", "judge again what is there now"),
    "x": ("reset", "put the exercise back as handed out; your text is kept aside"),
    "n": ("next", "go on to the next exercise that is not done"),
    "?": ("keys", "this page, and back"),
    "q": ("quit", "leave; everything is saved already"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """All that the page of one exercise tells."""

    exercise: Exercise
    folder: Path
    done: int
    total: int
    track: str = ""
    verdict: Verdict | None = None
    new: Changes = NOTHING_NEW
    hint: str = ""
    added: str = ""  # what the solution adds, once accepted
    is_judging: bool = False


def heading(work: Work) -> Text:
    """Which exercise this is, and how much of the course is done."""
    of = f"{work.track}: " if work.track else ""
    done = (f"  {of}{work.done} of {work.total} done", "dim")
    return Text.assemble((work.exercise.id, "bold"), f"  {work.exercise.title}", done)


def work_page(console: Console, work: Work) -> None:
    """The exercise in short, and what is known of the work on it."""
    console.print(heading(work), no_wrap=True, overflow="ellipsis")
    for path in work.exercise.edit:
        console.print(Text.assemble(("edit  ", "dim"), _link(path, work)))
    console.print()
    if work.verdict is None:
        if not work.is_judging:
            console.print(Text(work.exercise.story))
            console.print(Text(f"About {work.exercise.minutes} minutes.", style="dim"))
        return
    show.show_verdict(console, work.verdict, work.folder, new=work.new, steps=False)
    if work.verdict.kind is VerdictKind.ACCEPTED and work.added:
        console.print()
        console.print(Text("What our solution adds", style="bold"))
        console.print(markdown(work.added))
        console.print(Text(f"All of it: {command('solution', work.exercise.id)}", style="dim"))
    if work.hint:
        console.print()
        console.print(Text(HINT, style="bold"))
        console.print(markdown(work.hint))


def _link(path: str, work: Work) -> Text:
    """The file to edit as it is reached from here, a link to the line that a finding names."""
    found = work.verdict.blocking if work.verdict is not None else ()
    line = next((f.place.line for f in found if f.place is not None and f.place.file == path), 1)
    link = show.link(Place(path, line), work.folder)
    folder = work.folder / path
    link.plain = str(folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder)
    return link


def brief_page(console: Console, exercise: Exercise) -> None:
    """The whole brief."""
    console.print(markdown(exercise.brief))


def matrix_page(console: Console, verdict: Verdict | None) -> None:
    """Which test catches which bug."""
    if verdict is None or not verdict.tests or not any(not bug.is_probe for bug in verdict.bugs):
        console.print("Nothing yet: the matrix of tests and bugs is there once your tests are green on correct code.")
        return
    show.show_matrix(console, verdict)


def help_page(console: Console) -> None:
    """What the keys do."""
    table = Table.grid(padding=(0, 2, 0, 0))
    for key, (name, what) in KEYS.items():
        table.add_row(Text(key, style="bold"), Text(name), Text(what, style="dim"))
    table.add_row(Text("↑ ↓", style="bold"), Text("scroll"), Text("also with space and the page keys", style="dim"))
    console.print(table)
    console.print()
    console.print(Text("Save your file and it is judged. Nothing moves on by itself."))


Printing = Callable[[Console], None]


def footer(keys: Sequence[str], status: Text, width: int) -> Text:
    """What is going on, and the keys that do something now; a key and its word stay on one line."""
    lines, line = [status], Text()
    for key in keys:
        item = Text.assemble((key, "bold"), (f" {KEYS[key][0]}", "dim"))
        if line.cell_len + 2 + item.cell_len > width:
            lines.append(line)
            line = Text()
        line = Text("  ").join([line, item]) if line else item
    return Text("\n").join([*lines, line])
