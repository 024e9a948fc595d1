"""`kata grade`: a class's submissions become a gradebook, feedback, and a report."""

from __future__ import annotations

import asyncio
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from ..errors import KataError
from .app import Ctx, app, console, note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..catalog import Exercise
    from ..grading.grade import Unit


class Sandbox(StrEnum):
    """What strangers' code runs in."""

    BUBBLEWRAP = "bubblewrap"
    OFF = "off"


@app.command(rich_help_panel="Teaching")
def grade(
    ctx: Ctx,
    submissions: Annotated[Path, typer.Argument(metavar="SUBMISSIONS", help="A folder with one entry a learner.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where results and reports go.")],
    roster: Annotated[
        Path | None,
        typer.Option("--roster", metavar="CSV", help="The class: id, name, email, section."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", metavar="EX", help="Only these exercises.")] = None,
    sandbox: Annotated[Sandbox, typer.Option(help="off grades unprotected, and marks every output as practice.")] = (
        Sandbox.BUBBLEWRAP
    ),
    results: Annotated[
        str | None,
        typer.Option("--results", metavar="URL", help="A database in place of a file in DIR."),
    ] = None,
    rerun: Annotated[bool, typer.Option("--rerun", help="Judge again what has a result already.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of orders, and of the edits that all implementations get.")] = 1,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many at once; without it, one a processor.")] = None,
) -> None:
    """Grade a class: a gradebook, feedback for each learner, and one page for you. It goes on where it stopped.

    Example: kata grade handed-in --out grades --roster class.csv
    """
    from ..engine import sandbox as walls
    from ..grading.grade import grade as graded
    from ..grading.grade import store_url
    from ..grading.intake import read_class, read_roster
    from ..grading.outputs import write_all
    from ..grading.store import Store

    context = ctx.obj
    is_walled = sandbox is Sandbox.BUBBLEWRAP
    if is_walled:
        walls.check()
    chosen = {name: context.exercises[name] for name in _chosen(ctx, only)}
    known = read_roster(context.cwd / roster) if roster is not None else None
    handed_in = read_class(context.cwd / submissions, chosen, known)
    if not handed_in:
        raise KataError(f"{submissions}: there is nothing in it. It should hold one folder or archive a learner.")
    mode = _mode(ctx, chosen) if is_walled else "practice, for there was no sandbox"
    folder = context.cwd / out
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KataError(f"{folder}: cannot be made ({error.strerror}). Name another folder.") from error
    store = Store(results or store_url(folder))
    began = time.monotonic()

    def told(done: int, total: int, unit: Unit) -> None:
        left_s = (time.monotonic() - began) / done * (total - done)
        line = f"{done} of {total}  {unit.learner.id}  {unit.exercise.id}  about {left_s:.0f} s left"
        if sys.stdout.isatty() and not context.plain:
            console.print(Text(line), end="\r", overflow="ellipsis", no_wrap=True)
        else:
            console.print(Text(line))

    try:
        found = asyncio.run(
            graded(
                context.workspace.places,
                chosen,
                handed_in,
                store,
                seed=seed,
                jobs=jobs,
                sandboxed=is_walled,
                rerun=rerun,
                told=told,
            )
        )
    finally:
        store.close()
    write_all(folder, found, handed_in, list(chosen), mode)
    for entry in handed_in:
        for text in entry.trouble:
            note(f"{entry.learner.id}: {text}")
    console.print(Text(f"{len(handed_in)} learners, {len(chosen)} exercises: {mode}. See {folder / 'report.html'}"))


def _mode(ctx: Ctx, chosen: Mapping[str, Exercise]) -> str:
    """Whether results rest on bugs that were never handed out, told for the reader."""
    public = []
    for name, exercise in chosen.items():
        suite = ctx.obj.suite(exercise)
        if not any(bug.held for bug in suite.mutants) and not any(probe.held for probe in suite.probes):
            public.append(name)
    if not public:
        return "examined, on bugs that were not handed out as well"
    return "public bugs only" if len(public) == len(chosen) else f"examined; public bugs only in {', '.join(public)}"


def _chosen(ctx: Ctx, only: list[str] | None) -> list[str]:
    if not only:
        return list(ctx.obj.exercises)
    wanted = {ctx.obj.resolve(name) for name in only}
    return [name for name in ctx.obj.exercises if name in wanted]
