"""The commands for working through the course."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from ..errors import KataError, command
from .app import Ctx, Name, app, console, note, print_markdown

if TYPE_CHECKING:
    from ..catalog import Exercise
    from .context import Context


PANEL = "Learning"


@app.callback(invoke_without_command=True)
def root(
    ctx: typer.Context,
    workspace: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where your copies are (else KATA_WORKSPACE, else workspace/).")
    ] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="For screen readers: no redrawing, one text after the other.")
    ] = False,
) -> None:
    """Go on with the course: in watch mode on a terminal, else by saying where you are and what comes next."""
    from .context import Context

    ctx.obj = Context(workspace, Path.cwd(), plain)
    if ctx.invoked_subcommand is None:
        if sys.stdout.isatty() and sys.stdin.isatty():
            from .watch.command import watch as watch_

            watch_(ctx.obj, ctx.obj.here_or_next(), poll=False, edit_command=None)
        else:
            where(ctx.obj)


def where(context: Context) -> None:
    """Where am I, what is next."""
    from ..workspace import start as start_exercise

    if context.state.set_aside is not None:
        note(
            f"The state file was damaged and is kept as {context.state.set_aside.name}. Judging puts it together again."
        )
    for each in context.changed():
        note(f"{each} was changed by an update since it was accepted: `{command('check', each)}` judges it again.")
    done, total, track = context.progress
    of = f" of the track {track}" if track else ""
    console.print(Text.assemble(("Async Test Kata", "bold"), f"  {done} of {total} exercises{of} done"))
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
    console.print(Text(exercise.story, style="dim"))
    console.print()
    _steps(
        [
            ("edit", str(_short(folder / exercise.edit[0]))),
            ("read the brief", command("brief", exercise.id)),
            ("be judged", command("check", exercise.id)),
            ("be helped", command("hint", exercise.id)),
        ]
    )


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
    """Copy an exercise to your workspace; work found in exercises/ moves along.

    Example: kata start 03_isolation/04
    """
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
    chapter: Annotated[
        str | None, typer.Option("--chapter", help="Only this chapter, by any part of its name.")
    ] = None,
    track: Annotated[str | None, typer.Option("--track", help="Only this track, such as one-day, or all.")] = None,
) -> None:
    """All exercises, by chapter, with how far you are.

    Example: kata list --todo --chapter mocking
    """
    from . import show

    context = ctx.obj
    chapters = {e.chapter for e in context.exercises.values() if (chapter or "").lower() in e.chapter}
    if not chapters:
        known = ", ".join(dict.fromkeys(e.chapter for e in context.exercises.values()))
        raise KataError(f"There is no chapter {chapter}. There are: {known}.")
    if track not in (None, "all") and not any(track in e.tracks for e in context.exercises.values()):
        known = ", ".join(sorted({each for e in context.exercises.values() for each in e.tracks}))
        raise KataError(f"There is no track {track}. There are: {known}.")
    shown = [
        e
        for e in context.exercises.values()
        if (text or "").lower() in f"{e.id} {e.title}".lower()
        and e.chapter in chapters
        and not (todo and e.id in context.state.accepted)
        and (track or context.state.track) in ("", "all", *e.tracks)
    ]
    table = Table.grid(padding=(0, 2, 0, 0))
    above = ""
    changed = context.changed()
    for exercise in shown:
        if exercise.chapter != above:
            above = exercise.chapter
            table.add_row(Text(above, style="bold"))
        started = context.workspace.exercise_folder(exercise.id).is_dir()
        table.add_row(
            Text("  " + exercise.id.partition("/")[2], no_wrap=True),
            show.state_word(exercise.id, context.state.accepted, started),
            Text(f"{exercise.minutes} min", style="dim"),
            Text(exercise.kind.value, style="dim"),
            Text(exercise.title),
        )
    console.print(table)
    if not shown:
        console.print("No exercise fits.")
    if context.state.track and track is None:
        note(f"The track {context.state.track}; --track all shows the whole course.")
    for each in changed:
        note(f"{each} was changed by an update since it was accepted: `{command('check', each)}` judges it again.")


@app.command(rich_help_panel=PANEL)
def brief(ctx: Ctx, name: Name = None) -> None:
    """The brief of an exercise: the contract that your tests must pin down.

    Example: kata brief first_await
    """
    exercise = ctx.obj.exercise(name)
    print_markdown(exercise.brief)


@app.command(rich_help_panel=PANEL)
def reset(ctx: Ctx, name: Name = None) -> None:
    """Put an exercise back as it was handed out; your file is kept aside.

    Example: kata reset first_await
    """
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
    """One more hint about the first bug that gets past you.

    Example: kata hint first_await
    """
    from .ladder import next_hint

    console.print(next_hint(ctx.obj, ctx.obj.exercise(name), rung))


@app.command(rich_help_panel=PANEL)
def explain(code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None) -> None:
    """The whole story of a finding's code; without one, all codes.

    Example: kata explain never-awaited
    """
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
    """Our solution, and why it is good.

    Example: kata solution first_await
    """
    from ..suite import load_solution

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
    """The bugs that the checker planted, as code.

    Example: kata bugs first_await
    """
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
    """One zip of your files, to hand in.

    Example: kata handin --to my-work.zip
    """
    from ..handin import free_name, write_handin

    context = ctx.obj
    target = to if to is not None else free_name(context.cwd)
    written = write_handin(context.workspace, context.exercises, context.cwd / target)
    console.print(Text(f"{_short(written.path)}: {len(written.exercises)} exercises."))
    for exercise, problem in written.problems:
        note(f"{exercise}: {problem.path} was left out: {problem.detail}")
