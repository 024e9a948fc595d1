"""The commands for authors and maintainers."""

from __future__ import annotations

import os
import sys
import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from ..errors import KataError
from ..files import write_whole
from ..manifest import disk_manifest, manifest_problems, write_manifest
from ..places import PACKAGE
from .app import Ctx, Name, app, console

PANEL = "For authors and maintainers"
_DAILY_STEP = 17  # prime to most numbers of exercises, so that a few days see them all


@app.command(rich_help_panel=PANEL)
def audit(
    ctx: Ctx,
    names: Annotated[list[str] | None, typer.Argument(metavar="[EX]...")] = None,
    repeat: Annotated[int, typer.Option(min=1, help="How often each submission is judged.")] = 1,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="A new process for every trial, without any shortcut.")
    ] = False,
    minutes: Annotated[
        float | None, typer.Option("--minutes", help="Begin no exercise after this time; each day begins elsewhere.")
    ] = None,
) -> None:
    """Prove the course: what should be accepted is, what should be rejected is, and for its reason.

    Example: kata audit 01_markers/01
    """
    import asyncio

    from ..audit import audit_exercise, name_problems
    from ..catalog import load_exercises

    context = ctx.obj
    places = context.workspace.places
    exercises = context.exercises = load_exercises(places, disk_manifest(places))  # authors edit what is on the disk
    chosen = [context.resolve(name) for name in names] if names else list(exercises)
    found = list(name_problems(exercises)) if not names else []
    if not names:
        for stale in manifest_problems(places):
            console.print(Text(f"note  {stale}", style="dim"))
    for problem in found:
        console.print(Text(str(problem)))
    if minutes is not None:
        first = date.today().toordinal() * _DAILY_STEP % len(chosen)
        chosen = [*chosen[first:], *chosen[:first]]
    started, proven = time.monotonic(), 0
    for exercise in chosen:
        began = time.monotonic()
        if minutes is not None and proven and began - started > 60 * minutes:
            break
        proven += 1
        problems = asyncio.run(audit_exercise(places, exercises[exercise], repeat=repeat, fresh=fresh))
        word = Text("proven", style="green") if not problems else Text("FAULTY", style="bold red")
        console.print(Text.assemble(word, f"  {exercise}  ", (f"{time.monotonic() - began:.1f} s", "dim")))
        for problem in problems:
            console.print(Text(f"    {problem}"))
        found += problems
    told = f"{proven} of {len(chosen)}" if proven < len(chosen) else str(proven)
    console.print(Text(f"{told} exercises, {len(found)} problems."))
    raise typer.Exit(1 if found else 0)


@app.command(rich_help_panel=PANEL, context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def selftest(options: Annotated[list[str] | None, typer.Argument(metavar="[-- PYTEST OPTIONS]")] = None) -> None:
    """Run the workshop's own tests.

    Example: kata selftest -- -k watch
    """
    import subprocess

    tests = PACKAGE / "tests"
    if not tests.is_dir():
        raise KataError("The workshop's own tests are not part of this installation. Run it in a clone.")
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTEST_ADDOPTS", "KATA_WORKSPACE", "KATA_COURSE")}
    arguments = [*(options or [])] or ["-q"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(PACKAGE.parent / "pyproject.toml"), *arguments, str(tests)],
        cwd=PACKAGE.parent,
        env=environment,
        check=False,
    )
    raise typer.Exit(done.returncode)


@app.command(rich_help_panel=PANEL)
def doctor(ctx: Ctx) -> None:
    """Look at this machine: what the workshop needs, and what it found.

    Example: kata doctor
    """
    from ..doctor import examine

    bad = 0
    for each in examine(_workspace_folder(ctx)):
        bad += not each.good
        console.print(
            Text.assemble(("ok  " if each.good else "BAD ", "green" if each.good else "bold red"), f"  {each.what}")
        )
        if each.advice:
            console.print(Text(f"        {each.advice}", style="dim"))
    raise typer.Exit(2 if bad else 0)


def _workspace_folder(ctx: Ctx) -> Path:
    try:
        return ctx.obj.workspace.folder
    except KataError:  # a course that cannot be read is told among the rest
        return ctx.obj.cwd


@app.command(rich_help_panel=PANEL)
def manifest(ctx: Ctx) -> None:
    """Record the exercises as they are on the disk now as what is handed out.

    Example: kata manifest
    """
    places = ctx.obj.workspace.places
    console.print(Text(f"{write_manifest(places)} exercises recorded in {places.manifest.name}."))


@app.command(rich_help_panel=PANEL)
def bench(
    ctx: Ctx,
    names: Annotated[list[str] | None, typer.Argument(metavar="[EX]...")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="How often each is measured.")] = 5,
    submissions: Annotated[
        int, typer.Option("--class", min=0, metavar="N", help="Also judge a class of N submissions.")
    ] = 0,
    against: Annotated[
        bool, typer.Option("--tools", help="Also measure mutmut, cosmic-ray and pytest-gremlins; takes minutes.")
    ] = False,
    on_screen: Annotated[
        bool, typer.Option("--screen", help="Also measure from a save to the verdict on the screen, in watch mode.")
    ] = False,
    write: Annotated[
        Path | None, typer.Option("--write", metavar="FILE", help="Put the figures between the markers of this file.")
    ] = None,
) -> None:
    """What a verdict costs, cold and warm, against one cold pytest run of the same solution.

    Example: kata bench first_await --rounds 3
    """
    from ..bench import report
    from ..bench.crowd import crowd
    from ..bench.on_screen import screen_costs
    from ..bench.tools import tool_costs
    from ..bench.verdicts import costs

    context = ctx.obj
    places = context.workspace.places
    chosen = [context.exercises[context.resolve(name)] for name in names] if names else list(context.exercises.values())
    measured = []
    for cost in costs(places, chosen, rounds):
        measured.append(cost)
        console.print(Text(report.line(cost)))
    made = [report.verdicts(measured, rounds)]
    console.print(Text(f"\n{report.chart(measured)}\n{report.machine(rounds)}"))
    if submissions:
        made.append(report.crowds([crowd(places, exercise, submissions) for exercise in chosen]))
    if on_screen:
        made.append(report.on_screen(list(screen_costs(places, chosen, rounds))))
    if against:
        made.append(report.tools(list(tool_costs(places, chosen))))
    for table in made[1:]:
        console.print(Text(f"\n{table}"))
    if write is not None:
        try:
            text = report.written_into(write.read_text(encoding="utf-8"), "\n\n".join(made))
            write_whole(write, text.encode())
        except (OSError, ValueError) as error:
            raise KataError(f"{write}: {error}. Name a text file that has the two marker lines.") from error


@app.command(rich_help_panel=PANEL)
def picture(
    ctx: Ctx,
    file: Annotated[
        Path, typer.Argument(metavar="FILE.svg", help="Where to write the picture; replaced if it is there.")
    ],
    name: Name = None,
) -> None:
    """Record a real session in watch mode as a picture, for the README.

    Example: kata picture session.svg
    """
    from ..bench.picture import picture as recorded

    context = ctx.obj
    exercise = context.exercise(name or next(iter(context.exercises)))
    write_whole(context.cwd / file, recorded(context.workspace.places, exercise).encode())
    console.print(Text(f"{file}: watch mode on {exercise.id}."))
