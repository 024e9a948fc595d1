"""`kata grade`: a class's submissions become a gradebook, feedback, and a report."""

from __future__ import annotations

import asyncio
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from rich.text import Text

from ..errors import KataError
from .app import Ctx, app, console, note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..catalog import Exercise
    from ..grading.grade import Graded, Unit
    from ..grading.intake import HandedIn
    from ..grading.store import Store
    from ..places import Places


class Sandbox(StrEnum):
    """What strangers' code runs in."""

    BUBBLEWRAP = "bubblewrap"
    CONTAINER = "container"
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
    image: Annotated[str, typer.Option("--image", metavar="NAME", help="What `--sandbox container` runs.")] = "kata",
    results: Annotated[
        str | None,
        typer.Option("--results", metavar="URL", help="A database in place of a file in DIR."),
    ] = None,
    private: Annotated[
        Path | None,
        typer.Option("--private", metavar="DIR", help="Bugs, variants and probes of your own, laid out like suites/."),
    ] = None,
    policy: Annotated[
        Path | None, typer.Option("--policy", metavar="TOML", help="Weights, deadline and what lateness costs.")
    ] = None,
    lms: Annotated[
        Literal["canvas", "moodle"] | None, typer.Option(help="Also write what it imports as grades.")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option("--cluster", metavar="ADDRESS", help="A Dask scheduler, as tcp://host:8786, or local."),
    ] = None,
    rerun: Annotated[bool, typer.Option("--rerun", help="Judge again what has a result already.")] = False,
    seed: Annotated[int, typer.Option(help="Seed of orders, and of the edits that all implementations get.")] = 1,
    jobs: Annotated[int | None, typer.Option(min=1, help="How many at once; without it, one a processor.")] = None,
) -> None:
    """Grade a class: a gradebook, feedback for each learner, and one page for you. It goes on where it stopped.

    Example: kata grade handed-in --out grades --roster class.csv
    """
    from ..engine.backend import Walls
    from ..grading.grade import store_url
    from ..grading.intake import read_class, read_roster
    from ..grading.outputs import Outcome, write_all
    from ..grading.policy import Policy, read_policy
    from ..grading.store import Store
    from ..suite import check_private

    context = ctx.obj
    walls = None if sandbox is Sandbox.OFF else Walls(image if sandbox is Sandbox.CONTAINER else "")
    if walls is not None:
        walls.check()
    chosen = {name: context.exercises[name] for name in _chosen(ctx, only)}
    ours = context.cwd / private if private is not None else None
    if ours is not None:
        check_private(ours, context.exercises)
        _tell_untwinned(ctx, chosen, ours)
    rules = read_policy(context.cwd / policy, context.exercises) if policy is not None else Policy()
    known = read_roster(context.cwd / roster) if roster is not None else None
    handed_in = read_class(context.cwd / submissions, chosen, known)
    if not handed_in:
        raise KataError(f"{submissions}: there is nothing in it. It should hold one folder or archive a learner.")
    mode = _mode(ctx, chosen, ours) if walls is not None else "practice, for there was no sandbox"
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

    settings = {"seed": seed, "walls": walls, "rerun": rerun, "private": ours, "told": told}
    try:
        found = asyncio.run(_graded(context.workspace.places, chosen, handed_in, store, cluster, jobs, settings))
    finally:
        store.close()
    write_all(folder, Outcome(found, handed_in, list(chosen), mode, rules), lms)
    for entry in handed_in:
        for text in entry.trouble:
            note(f"{entry.learner.id}: {text}")
    console.print(Text(f"{len(handed_in)} learners, {len(chosen)} exercises: {mode}. See {folder / 'report.html'}"))


async def _graded(
    places: Places,
    chosen: Mapping[str, Exercise],
    handed_in: Sequence[HandedIn],
    store: Store,
    address: str | None,
    jobs: int | None,
    settings: Mapping[str, Any],
) -> list[Graded]:
    """The results, judged on this machine or on a cluster."""
    from ..grading.grade import grade as graded

    if address is None:
        return await graded(places, chosen, handed_in, store, jobs=jobs, **settings)
    from ..grading.cluster import cluster

    async with cluster(address, jobs) as others:
        return await graded(places, chosen, handed_in, store, jobs=others.slots, judge=others.judge, **settings)


def _tell_untwinned(ctx: Ctx, chosen: Mapping[str, Exercise], private: Path) -> None:
    """Say which of a teacher's own bugs could be caught without testing anything."""
    from ..audit_rules import untwinned
    from ..suite import load_suite

    for name, exercise in chosen.items():
        for told in untwinned(exercise, load_suite(ctx.obj.workspace.places, exercise, private)):
            note(f"{name}: {told}. Whoever is red on all unknown code catches it untested: add correct code like it.")


def _mode(ctx: Ctx, chosen: Mapping[str, Exercise], private: Path | None) -> str:
    """Whether results rest on bugs that were never handed out, told for the reader."""
    from ..suite import load_suite

    public = []
    for name, exercise in chosen.items():
        suite = load_suite(ctx.obj.workspace.places, exercise, private)
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


@app.command(rich_help_panel="Teaching")
def pack(
    ctx: Ctx, folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder for the hand-out.")]
) -> None:
    """Write what a class gets: the course without solutions, bugs that are kept back, and answers.

    Example: kata pack ../async-test-kata-autumn
    """
    from ..handout import write_handout
    from ..manifest import load_manifest

    context = ctx.obj
    places = context.workspace.places
    written = write_handout(places, load_manifest(places), context.exercises, context.cwd / folder)
    console.print(Text(f"{written.exercises} exercises in {written.files} files: {written.folder}"))
    console.print(Text("Solutions, held bugs and the notebooks' answers are left out. For practice it works as it is."))
