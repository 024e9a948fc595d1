"""The commands for working through the course."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from ..errors import KataError, command
from .app import Ctx, app, console, note, print_markdown

if TYPE_CHECKING:
    from ..catalog import Exercise
    from .context import Context

Name = Annotated[
    str | None, typer.Argument(metavar="[EX]", help="An exercise, or any part of its name that fits one alone.")
]
PANEL = "Learning"


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where your copies are (else KATA_WORKSPACE, else workspace/).")
    ] = None,
) -> None:
    """Say where you are and what comes next, when no command is given."""
    from .context import Context

    ctx.obj = Context(workspace, Path.cwd())
    if ctx.invoked_subcommand is None:
        where(ctx.obj)


def where(context: Context) -> None:
    """Where am I, what is next."""
    from ..workspace import start as start_exercise

    total, done = len(context.exercises), len(set(context.state.accepted) & set(context.exercises))
    if context.state.set_aside is not None:
        note(
            f"The state file was damaged and is kept as {context.state.set_aside.name}. Judging puts it together again."
        )
    console.print(Text.assemble(("Async Test Kata", "bold"), f"  {done} of {total} exercises done"))
    exercise = context.next_exercise()
    if exercise is None:
        console.print("That was the whole course.")
        return
    folder = context.workspace.exercise_folder(exercise.id)
    if not folder.is_dir():
        start_exercise(context.workspace, exercise)
        console.print(Text(f"Started {exercise.id} for you."))
    console.print()
    console.print(Text.assemble((exercise.id, "bold"), f"  {exercise.title} ({exercise.minutes} minutes)"))
    for line in _story(exercise):
        console.print(Text(line, style="dim"))
    console.print()
    _steps(
        [
            ("edit", str(_short(folder / exercise.edit[0]))),
            ("read the brief", command("brief", exercise.id)),
            ("be judged", command("check", exercise.id)),
            ("be helped", command("hint", exercise.id)),
        ]
    )


def _story(exercise: Exercise) -> list[str]:
    """The first paragraph of the brief."""
    paragraphs = [p.strip() for p in exercise.brief.split("\n\n")]
    return [" ".join(p.split()) for p in paragraphs if p and not p.startswith("#")][:1]


def _steps(steps: list[tuple[str, str]]) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    for what, how in steps:
        table.add_row(Text(f"  {what}", style="dim"), Text(how))
    console.print(table)


def _short(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


@app.command(rich_help_panel=PANEL)
def start(ctx: Ctx, name: Name = None) -> None:
    """Copy an exercise to your workspace; work found in exercises/ moves along."""
    from ..workspace import start as start_exercise

    exercise = ctx.obj.exercise(name)
    started = start_exercise(ctx.obj.workspace, exercise)
    for path in started.adopted:
        console.print(Text(f"{path}: your work from exercises/ is in the workspace now."))
    if not started.made and not started.adopted:
        console.print(Text(f"{exercise.id} is in your workspace already; nothing was changed."))
    for path in started.outdated:
        note(f"{path} differs from the course's. It is judged as the course hands it out.")
    _steps(
        [
            ("edit", str(_short(started.folder / exercise.edit[0]))),
            ("read", command("brief", exercise.id)),
            ("then", command("check", exercise.id)),
        ]
    )


@app.command("list", rich_help_panel=PANEL)
def list_(
    ctx: Ctx,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Only exercises whose name or title has this text.")
    ] = None,
    todo: Annotated[bool, typer.Option("--todo", help="Only what is not done.")] = False,
    track: Annotated[str | None, typer.Option("--track", help="Only this track, such as one-day.")] = None,
) -> None:
    """All exercises, by chapter, with how far you are."""
    from . import show

    context = ctx.obj
    shown = [
        e
        for e in context.exercises.values()
        if (text or "").lower() in f"{e.id} {e.title}".lower()
        and not (todo and e.id in context.state.accepted)
        and (track is None or track in e.tracks)
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    chapter = ""
    for exercise in shown:
        if exercise.chapter != chapter:
            chapter = exercise.chapter
            table.add_row(Text(chapter, style="bold"))
        started = context.workspace.exercise_folder(exercise.id).is_dir()
        table.add_row(
            Text("  " + exercise.id.partition("/")[2], no_wrap=True),
            show.state_word(exercise.id, context.state.accepted, started),
            Text(f"{exercise.minutes} min", style="dim"),
            Text(exercise.title),
        )
    console.print(table)
    if not shown:
        console.print("No exercise fits.")


@app.command(rich_help_panel=PANEL)
def brief(ctx: Ctx, name: Name = None) -> None:
    """The brief of an exercise: the contract that your tests must pin down."""
    exercise = ctx.obj.exercise(name)
    print_markdown(exercise.brief)


@app.command(rich_help_panel=PANEL)
def reset(ctx: Ctx, name: Name = None) -> None:
    """Put an exercise back as it was handed out; your file is kept aside."""
    from ..workspace import reset as reset_exercise

    exercise = ctx.obj.exercise(name)
    location = ctx.obj.location(exercise)
    done = reset_exercise(ctx.obj.workspace, exercise, location.folder)
    if not done.restored and not done.kept_aside:
        console.print(Text(f"{exercise.id} is as it was handed out; nothing was changed."))
    for path in done.restored:
        console.print(Text(f"{path} is as it was handed out."))
    for kept in done.kept_aside:
        console.print(Text(f"Your text is kept as {_short(kept)}"))


@app.command(rich_help_panel=PANEL)
def hint(
    ctx: Ctx,
    name: Name = None,
    rung: Annotated[int | None, typer.Option("--rung", min=1, help="How far up the ladder.")] = None,
) -> None:
    """One more hint about the first bug that gets past you."""
    from .ladder import next_hint

    console.print(next_hint(ctx.obj, ctx.obj.exercise(name), rung))


@app.command(rich_help_panel=PANEL)
def explain(code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None) -> None:
    """The whole story of a finding's code; without one, all codes."""
    from ..explain import codes, explanation

    if code is None:
        table = Table.grid(padding=(0, 2, 0, 0))
        for each, title in codes():
            table.add_row(Text(each, style="bold"), Text(title))
        console.print(table)
    else:
        print_markdown(explanation(code))


def _unlocked(context: Context, exercise: Exercise, spoil: bool, what: str) -> None:
    if not spoil and exercise.id not in context.state.accepted:
        raise KataError(
            f"{what} of {exercise.id} is shown once your own work is accepted. "
            f"A hint may do: `{command('hint', exercise.id)}`. To see it all the same, add --spoil."
        )


Spoil = Annotated[bool, typer.Option("--spoil", help="Show it before your own work is accepted.")]


@app.command(rich_help_panel=PANEL)
def solution(ctx: Ctx, name: Name = None, spoil: Spoil = False) -> None:
    """Our solution, and why it is good."""
    from ..catalog import load_solution

    context, exercise = ctx.obj, ctx.obj.exercise(name)
    _unlocked(context, exercise, spoil, "The solution")
    ours = load_solution(context.workspace.places, exercise)
    print_markdown(ours.why)
    for path, text in ours.files.items():
        console.print()
        console.print(Text(path, style="bold"))
        print_markdown(f"```{path.rpartition('.')[2]}\n{text.decode()}\n```")


@app.command(rich_help_panel=PANEL)
def bugs(ctx: Ctx, name: Name = None, spoil: Spoil = False) -> None:
    """The bugs that the checker planted, as code."""
    import difflib

    context, exercise = ctx.obj, ctx.obj.exercise(name)
    _unlocked(context, exercise, spoil, "The code of the bugs")
    suite = context.suite(exercise).without_held()

    for mutant in suite.mutants:
        console.print(Text(mutant.behaviour, style="bold"))
        for path, text in mutant.files.items():
            lines = difflib.unified_diff(
                exercise.given.get(path, b"").decode().splitlines(),
                text.decode().splitlines(),
                path,
                path,
                "",
                "",
                1,
                "",
            )
            console.print(Text("\n".join(f"    {line}" for line in list(lines)[2:]), style="dim"))
    for probe in suite.probes:
        console.print(Text(probe.behaviour, style="bold"))
        for path, text in probe.files.items():
            print_markdown(f"```python\n# {path}\n{text.decode()}\n```")


@app.command(rich_help_panel=PANEL)
def handin(
    ctx: Ctx, to: Annotated[Path | None, typer.Option("--to", metavar="FILE", help="Where to write the zip.")] = None
) -> None:
    """One zip of your files, to hand in."""
    from ..handin import free_name, write_handin

    context = ctx.obj
    target = to if to is not None else free_name(context.cwd)
    written = write_handin(context.workspace, context.exercises, context.cwd / target)
    console.print(Text(f"{_short(written.path)}: {len(written.exercises)} exercises."))
    for exercise, problem in written.problems:
        note(f"{exercise}: {problem.path} was left out: {problem.detail}")
