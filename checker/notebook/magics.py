"""The magics. Each runs its cell in a process of its own, and nothing can hold up the kernel beyond the limit."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from IPython.core.magic import Magics, cell_magic, line_magic, magics_class
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring
from IPython.display import SVG, Markdown, display
from rich.console import Console

from ..catalog import Exercise
from ..cli.context import Context
from ..cli.show import show_verdict
from ..drawing import lifetimes, matrix, request, timeline, transactions
from ..errors import KataError
from ..findings import Verdict
from ..record.main import MARK
from ..submission import is_editable
from .judged import VERDICT
from .running import LIMIT_S, Ran, laid, run, steady

WIDTH = 100
Files = Mapping[str, bytes]


@magics_class
class KataMagics(Magics):  # type: ignore[misc]
    """`%exercise`, `%exercises`, `%%test`, `%%judge`, `%%timeline`, `%%lifetimes`, `%%transactions`, `%%request`."""

    @magic_arguments()
    @argument("exercise", help="an exercise, or any part of its name that fits one alone")
    @line_magic
    def exercise(self, line: str) -> None:
        """Show the brief and the code that is given."""
        _told(lambda: _show_exercise(_exercise(parse_argstring(self.exercise, line).exercise)))

    @magic_arguments()
    @argument("chapter", help="a chapter, or the beginning of its name")
    @line_magic
    def exercises(self, line: str) -> None:
        """List the exercises of a chapter, with their state in the workspace."""
        _told(lambda: _show_chapter(parse_argstring(self.exercises, line).chapter))

    @magic_arguments()
    @argument("exercise", nargs="?", help="whose given code the test may import")
    @argument("--file", help="the name that the cell gets; without it, the exercise's own file")
    @argument("--limit", type=float, default=LIMIT_S, help="seconds until it is stopped")
    @argument("--options", default="", help="further options for pytest, in quotes")
    @cell_magic
    def test(self, line: str, cell: str) -> None:
        """Run the cell as a test file with plain pytest, and show what it said."""
        given = parse_argstring(self.test, line)
        _told(lambda: _test(given.exercise, given.file, given.options.strip("'\"").split(), given.limit, cell))

    @magic_arguments()
    @argument("exercise", help="the exercise that the cell is a submission for")
    @argument("--file", help="which of its files the cell is, where there are several")
    @argument("--limit", type=float, default=2 * LIMIT_S, help="seconds until it is stopped")
    @cell_magic
    def judge(self, line: str, cell: str) -> None:
        """Judge the cell as a submission: the verdict, and the matrix of tests and bugs."""
        given = parse_argstring(self.judge, line)
        _told(lambda: _judge(_exercise(given.exercise), given.file, given.limit, cell))

    @magic_arguments()
    @argument("exercise", nargs="?", help="whose given code the cell may import")
    @argument("--title", help="what stands above the picture, in quotes")
    @cell_magic
    def timeline(self, line: str, cell: str) -> None:
        """Run `main()`, or the only test, of the cell, and draw the life of its event loop."""
        given = parse_argstring(self.timeline, line)
        _told(lambda: _draw("loop", given, cell, _timeline))

    @magic_arguments()
    @argument("exercise", nargs="?", help="whose given code the cell may import")
    @argument("--title", help="what stands above the picture, in quotes")
    @cell_magic
    def lifetimes(self, line: str, cell: str) -> None:
        """Run the cell as a test file, and draw how long its fixtures live, and on which loops."""
        given = parse_argstring(self.lifetimes, line)
        _told(lambda: _draw("fixtures", given, cell, _lifetimes))

    @magic_arguments()
    @argument("exercise", nargs="?", help="whose given code the cell may import")
    @argument("--title", help="what stands above the picture, in quotes")
    @cell_magic
    def transactions(self, line: str, cell: str) -> None:
        """Run `main()`, or the only test, of the cell, and draw its transactions and what survives."""
        given = parse_argstring(self.transactions, line)
        _told(lambda: _draw("transactions", given, cell, _transactions))

    @magic_arguments()
    @argument("exercise", nargs="?", help="whose given code the cell may import")
    @argument("--title", help="what stands above the picture, in quotes")
    @cell_magic
    def request(self, line: str, cell: str) -> None:
        """Run `main()`, or the only test, of the cell, and draw the path of its requests."""
        given = parse_argstring(self.request, line)
        _told(lambda: _draw("request", given, cell, _request))


def _told(action: Callable[[], None]) -> None:
    """An error of ours is a sentence, not a traceback."""
    try:
        action()
    except KataError as error:
        print(error)


def _context() -> Context:
    return Context(None, Path.cwd())


def _exercise(name: str) -> Exercise:
    return _context().exercise(name)


def _given(name: str | None) -> Files:
    return {} if name is None else _exercise(name).given


def _show_exercise(exercise: Exercise) -> None:
    display(Markdown(exercise.brief))
    for path, text in exercise.given.items():
        if path.endswith(".py"):
            display(Markdown(f"**{path}**\n\n```python\n{text.decode()}\n```"))


def _show_chapter(name: str) -> None:
    context = _context()
    rows = ["| exercise | about | minutes | your state |", "|---|---|---:|---|"]
    for exercise in context.exercises.values():
        if exercise.chapter.startswith(name):
            is_started = context.workspace.exercise_folder(exercise.id).is_dir()
            state = "done" if exercise.id in context.state.accepted else "started" if is_started else "to do"
            star = " ★" if "one-day" in exercise.tracks else ""
            rows.append(f"| {exercise.id}{star} | {exercise.title} | {exercise.minutes} | {state} |")
    if len(rows) == 2:
        raise KataError(f"There is no chapter {name}.")
    display(Markdown("\n".join(rows)))


def _test(name: str | None, file: str | None, options: list[str], limit_s: float, cell: str) -> None:
    exercise = _exercise(name) if name is not None else None
    path = file or (exercise.edit[0] if exercise is not None else "test_cell.py")
    starter = dict(exercise.starter) if exercise is not None and not path.startswith("test_") else {}
    with laid({**_given(name), **starter, path: cell.encode()}) as folder:
        arguments = ["-q", "--no-header", "--tb=short", "-p", "no:cacheprovider", *options]
        ran = run("pytest", arguments, folder, limit_s)
        print(steady(ran.out + ran.err, folder))
        if ran.status is None:
            print(f"Stopped after {limit_s:.0f} s.")


def _judge(exercise: Exercise, file: str | None, limit_s: float, cell: str) -> None:
    path = file or exercise.edit[0]
    if not is_editable(exercise, path):
        raise KataError(
            f"{path} is not a file to edit here. There are: {', '.join(exercise.edit + exercise.optional)}."
        )
    with laid({**exercise.given, **exercise.starter, path: cell.encode()}, exercise.id) as folder:
        ran = run("checker.notebook.judged", [str(folder)], folder, limit_s)
        if ran.status != 0:
            raise KataError(_why(ran, limit_s))
        _show_verdict(VERDICT.validate_json(ran.out), folder)


def _show_verdict(verdict: Verdict, folder: Path) -> None:
    console = Console(file=io.StringIO(), width=WIDTH, highlight=False, color_system=None, force_jupyter=False)
    show_verdict(console, replace(verdict, trials=0), folder, every_bug=True, steps=False)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    print(steady(text, folder))
    bugs = [bug for bug in verdict.bugs if not bug.is_probe]
    if bugs and verdict.tests:
        numbers = {bug.id: number for number, bug in enumerate(bugs)}
        names = [test.id.rpartition("::")[2] for test in verdict.tests]
        catches = [frozenset(numbers[bug] for bug in test.catches if bug in numbers) for test in verdict.tests]
        display(SVG(matrix.draw(matrix.Matrix(names, [bug.behaviour for bug in bugs], catches))))


def _draw(kind: str, given: Any, cell: str, drawn: Callable[[Any, str], str]) -> None:
    name = "test_cell.py" if kind == "fixtures" else "cell.py"
    with laid({**_given(given.exercise), name: cell.encode()}) as folder:
        ran = run("checker.record.main", [kind, name], folder)
        printed, mark, recorded = ran.out.partition(MARK)
        if printed.strip():
            print(steady(printed, folder))
        if not mark:
            raise KataError(_why(ran, LIMIT_S))
        display(SVG(drawn(json.loads(recorded), (given.title or "").strip("'\""))))


def _why(ran: Ran, limit_s: float) -> str:
    if ran.status is None:
        return f"Stopped after {limit_s:.0f} s."
    return ran.err.strip().splitlines()[-1] if ran.err.strip() else f"It ended with exit code {ran.status}."


def _timeline(seen: Any, title: str) -> str:
    steps = [timeline.Step(s["task"], s["woken_by"], s["then"], s["line"], s["is_blocking"]) for s in seen.pop("steps")]
    lost = [(name, line, step) for name, line, step in seen.pop("lost")]
    return timeline.draw(timeline.Timeline(steps=steps, lost=lost, **seen), **_titled(title))


def _lifetimes(seen: Any, title: str) -> str:
    moments = [lifetimes.Moment(**event) for event in seen["events"]]
    return lifetimes.draw(lifetimes.Lifetimes(moments, seen["outcomes"], seen["errors"]), **_titled(title))


def _transactions(seen: Any, title: str) -> str:
    events = [transactions.Event(**event) for event in seen["events"]]
    return transactions.draw(events, seen["outcome"], **_titled(title))


def _request(seen: Any, title: str) -> str:
    messages = [request.Message(event["from"], event["to"], event["what"]) for event in seen["events"]]
    return request.draw(messages, seen["outcome"], **_titled(title))


def _titled(title: str) -> dict[str, str]:
    return {"title": title} if title else {}
