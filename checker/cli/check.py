"""`kata check` and `kata test`: judging, and plain pytest, on someone's own files."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import KataError
from .app import Ctx, app, console, note

if TYPE_CHECKING:
    from ..judging import Judged
    from ..locate import Location

_STATUS = {"accepted": 0, "rejected": 1, "inconclusive": 3}


@app.command(rich_help_panel="Judging")
def check(
    ctx: Ctx,
    targets: Annotated[
        list[str] | None,
        typer.Argument(metavar="[EX or PATH]...", help="Exercises by name, or folders laid out like them."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object an exercise, on a line of its own.")] = False,
    matrix: Annotated[bool, typer.Option("--matrix", help="Also show which test catches which bug.")] = False,
    everything: Annotated[bool, typer.Option("--all", help="Tell every finding, not only the first few.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of the shuffled orders.")] = 1,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="A new process for every trial, without any shortcut.")
    ] = False,
) -> None:
    """Judge your tests: against the code as given, correct variants of it, and planted bugs."""
    import asyncio
    import json

    from ..judging import judge_folder
    from . import show

    context = ctx.obj
    statuses = []
    for index, location in enumerate(context.locations(targets or [])):
        exercise = context.exercises[location.exercise]
        if location.note and not as_json:
            note(location.note)
        if not as_json and index:
            console.print()
        suite = context.suite(exercise).without_held()
        spins = console.is_terminal and console.color_system is not None and not as_json
        with console.status(f"Judging {exercise.id} …") if spins else _quiet():
            judged = asyncio.run(judge_folder(exercise, suite, location.folder, seed=seed, fresh=fresh))
        verdict = judged.verdict
        if as_json:
            sys.stdout.write(json.dumps(show.as_json(verdict), ensure_ascii=False) + "\n")
        else:
            show.show_verdict(console, verdict, location.folder, matrix=matrix, everything=everything)
        _remember(ctx, location, judged)
        statuses.append(_STATUS[verdict.kind.value])
    raise typer.Exit(max(statuses, key=lambda status: (status == 1, status), default=0))


def _remember(ctx: Ctx, location: Location, judged: Judged) -> None:
    """Note the verdict, and that an exercise was accepted, if the workspace or the course's own folder was judged."""
    from ..findings import VerdictKind
    from ..last import remember
    from ..state import save_state, with_accepted

    workspace = ctx.obj.workspace
    ours = (workspace.folder, workspace.places.exercises)
    inside = any(location.folder.is_relative_to(folder) for folder in ours)
    if inside and judged.evidence is not None:
        remember(workspace.folder, workspace.places, judged.evidence.submission, judged.verdict)
    if judged.verdict.kind is VerdictKind.ACCEPTED and judged.evidence is not None and inside:
        state = with_accepted(ctx.obj.state, location.exercise, judged.evidence.submission.files)
        if state.accepted != ctx.obj.state.accepted:
            try:
                save_state(workspace.folder, state)
            except KataError as error:
                note(f"The verdict stands, but could not be noted: {error}")


class _quiet:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


@app.command(rich_help_panel="Judging", context_settings={"ignore_unknown_options": True, "allow_extra_args": True})
def test(
    ctx: Ctx,
    name: Annotated[str | None, typer.Argument(metavar="[EX]")] = None,
    options: Annotated[list[str] | None, typer.Argument(metavar="[-- PYTEST OPTIONS]")] = None,
) -> None:
    """Run plain pytest on your copy of an exercise."""
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
