"""What keys do to files, to the editor and to the ladder of hints; each gives what is then said."""

from __future__ import annotations

import subprocess

from ...catalog import Exercise
from ...errors import KataError
from ...findings import Verdict, VerdictKind
from ...suite import load_solution
from ...workspace import reset
from ..context import Context
from ..editor import opening
from ..ladder import hint_for
from .listing import Listing, Row
from .pages import Work
from .screen import Screen


def hint(context: Context, exercise: Exercise, verdict: Verdict) -> str:
    """One rung more of the ladder for what is wrong now."""
    return hint_for(context, exercise, context.suite(exercise).without_held(), verdict, None).plain


def put_back(context: Context, work: Work) -> str:
    """The exercise as it was handed out; a text of the learner's is kept. Raises KataError where that fails."""
    kept = ", ".join(path.name for path in reset(context.workspace, work.exercise, work.folder).kept_aside)
    return f"As handed out again. Your text is kept as {kept}." if kept else "It is as it was handed out."


def edit(work: Work, command: str | None, screen: Screen) -> str:
    """Open the file at the first finding in it, else at its top."""
    place = next((f.place for f in work.verdict.blocking if f.place), None) if work.verdict else None
    mine = place if place is not None and place.file in work.exercise.edit else None
    path = work.folder / (mine.file if mine else work.exercise.edit[0])
    chosen = opening(path, mine.line if mine else 1, wanted=command)
    if chosen is None:
        return f"No editor is known: set EDITOR, or give --edit-cmd. The file is {path}"
    try:
        if chosen.takes_terminal:
            with screen.lent():  # and nobody else reads its keys
                subprocess.run(chosen.arguments, check=False)
        else:
            nowhere = subprocess.DEVNULL
            subprocess.Popen(chosen.arguments, stdin=nowhere, stdout=nowhere, stderr=nowhere)
    except OSError as error:
        return f"{chosen.arguments[0]}: could not be started ({error.strerror}). Set EDITOR or --edit-cmd."
    return ""


def listed(context: Context, here: Exercise) -> Listing:
    """All exercises, with the cursor on this one."""
    rows = []
    for exercise in [e for e in context.exercises.values() if e in context.wanted or e.id == here.id]:
        is_started = context.workspace.exercise_folder(exercise.id).is_dir()
        state = "done" if exercise.id in context.state.accepted else "started" if is_started else "to do"
        rows.append(Row(exercise, state))
    return Listing(tuple(rows), next(at for at, row in enumerate(rows) if row.exercise.id == here.id))


def added(context: Context, exercise: Exercise, kind: VerdictKind) -> str:
    """The first paragraph of the solution's reasons, once there is nothing left to spoil."""
    if kind is not VerdictKind.ACCEPTED:
        return ""
    try:
        why = load_solution(context.workspace.places, exercise).why
    except KataError:
        return ""  # a course handed out to a class has no solutions
    return next((p for p in why.split("\n\n") if p.strip() and not p.startswith("#")), "")


def news(context: Context) -> str:
    """What has happened to the workspace since last time, if anything."""
    told = []
    if context.state.set_aside is not None:
        told.append(f"The state file was damaged and is kept as {context.state.set_aside.name}; judging remakes it.")
    changed = context.changed()
    if changed:
        told.append(f"Changed by an update since it was accepted: {', '.join(changed)}.")
    return " ".join(told)
