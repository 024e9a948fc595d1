"""`kata check` and `kata test`: judging, and plain pytest, on someone's own files."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ..findings import Verdict
from .app import Ctx, Name, app, console, note
from .record import record, told_progress

if TYPE_CHECKING:
    from ..judging import Judged
    from ..locate import Location
    from .context import Context

LOOK_S = 0.1


class Format(StrEnum):
    """How verdicts are told."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    JUNIT = "junit"


_STATUS = {"accepted": 0, "rejected": 1, "inconclusive": 3}


@app.command(rich_help_panel="Judging")
def check(
    ctx: Ctx,
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[EX or PATH]...", help="Exercises by name, or folders laid out like them."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="json: one object an exercise; github: annotations; junit: XML.")
    ] = Format.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    matrix: Annotated[bool, typer.Option("--matrix", help="Also show which test catches which bug.")] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Tell every finding and bug, not only the first few.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Seed of the shuffled orders.")] = 1,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="A new process for every trial, without any shortcut.")
    ] = False,
) -> None:
    """Judge your tests: against the code as given, correct variants of it, and planted bugs.

    Example: kata check first_await
    """
    import asyncio
    import json

    from ..changes import changes
    from ..last import previous
    from . import show
    from .formats import as_json as as_json_of
    from .formats import github, junit

    context = ctx.obj
    form = Format.JSON if as_json else form
    verdicts: list[Verdict] = []
    for index, location in enumerate(context.locations(targets or [])):
        exercise = context.exercises[location.exercise]
        if location.note and form is Format.TEXT:
            note(location.note)
        if form is Format.TEXT and index:
            console.print()
        before = previous(context.workspace.folder, exercise.id) if form is Format.TEXT else None
        judged = asyncio.run(_judged(context, location, seed=seed, fresh=fresh, is_shown=form is Format.TEXT))
        verdict = judged.verdict
        if form is Format.JSON:
            sys.stdout.write(json.dumps(as_json_of(verdict), ensure_ascii=False) + "\n")
        elif form is Format.GITHUB:
            sys.stdout.write("".join(f"{line}\n" for line in github(verdict, location.folder, exercise.edit)))
        elif form is Format.TEXT:
            new = changes(before, verdict)
            show.show_verdict(console, verdict, location.folder, matrix=matrix, everything=everything, new=new)
        for problem in record(context, location, judged):
            note(problem)
        verdicts.append(verdict)
    if form is Format.JUNIT:
        sys.stdout.write(junit(verdicts) + "\n")
    statuses = [_STATUS[verdict.kind.value] for verdict in verdicts]
    raise typer.Exit(max(statuses, key=lambda status: (status == 1, status), default=0))


async def _judged(context: Context, location: Location, *, seed: int, fresh: bool, is_shown: bool) -> Judged:
    """Judge one folder; on a terminal, say how far it is."""
    import asyncio

    from ..experiment import Progress
    from ..judging import judge_folder

    exercise = context.exercises[location.exercise]
    suite, progress = context.suite(exercise).without_held(), Progress()
    work = judge_folder(exercise, suite, location.folder, seed=seed, fresh=fresh, progress=progress)
    if not (is_shown and sys.stdout.isatty() and console.color_system is not None and not context.plain):
        return await work
    with console.status(f"Judging {exercise.id} …") as status:
        judging = asyncio.create_task(work)
        while not judging.done():
            await asyncio.wait([judging], timeout=LOOK_S)
            status.update(f"Judging {exercise.id} … {told_progress(progress)}")
        return await judging


@app.command(rich_help_panel="Judging")
def watch(
    ctx: Ctx,
    name: Name = None,
    track: Annotated[
        str | None, typer.Option("--track", help="Follow this track from now on; all is the whole course.")
    ] = None,
    poll: Annotated[
        bool, typer.Option("--poll", help="Look at the files now and then: for WSL2 and network drives.")
    ] = False,
    edit_command: Annotated[
        str | None,
        typer.Option("--edit-cmd", help="How e opens a file, without a shell: code --goto {file}:{line}"),
    ] = None,
) -> None:
    """Work through the course: judged at every save, with single keys for the rest.

    Example: kata watch 02_mocking/01
    """
    from .watch.command import watch as watch_

    if track is not None:
        ctx.obj.choose_track(track)
    exercise = ctx.obj.exercise(name) if name else ctx.obj.here_or_next()
    watch_(ctx.obj, exercise, poll=poll, edit_command=edit_command)


@app.command(rich_help_panel="Judging", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def test(
    ctx: Ctx,
    name: Annotated[str | None, typer.Argument(metavar="[EX]")] = None,
    options: Annotated[list[str] | None, typer.Argument(metavar="[-- PYTEST OPTIONS]")] = None,
) -> None:
    """Run plain pytest on your copy of an exercise.

    Example: kata test first_await -- -x
    """
    if name is not None and name.startswith("-"):
        options, name = [name, *(options or [])], None
    location = ctx.obj.location(ctx.obj.exercise(name))
    if location.note:
        note(location.note)
    environment = {k: v for k, v in os.environ.items() if k != "PYTEST_ADDOPTS"}
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "pytest", *(options or [])], cwd=location.folder, env=environment, check=False
    )
    raise typer.Exit(done.returncode)
