"""What is kept of a judgement, and how far one is, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import KataError

if TYPE_CHECKING:
    from ..experiment import Progress
    from ..judging import Judged
    from ..locate import Location
    from .context import Context


def told_progress(progress: Progress) -> str:
    """How far it is, in words; empty while that is not known."""
    return f"{progress.done} of {progress.planned} trials" if progress.planned else ""


def record(context: Context, location: Location, judged: Judged) -> list[str]:
    """Note the verdict, and that an exercise was accepted, if the workspace or the course's own folder was judged.

    What could not be noted is told.
    """
    from ..findings import VerdictKind
    from ..last import remember

    workspace = context.workspace
    ours = (workspace.folder, workspace.places.exercises)
    if judged.evidence is None or not any(location.folder.is_relative_to(folder) for folder in ours):
        return []
    remember(workspace.folder, workspace.places, judged.evidence.submission, judged.verdict)
    if judged.verdict.kind is VerdictKind.ACCEPTED:
        try:
            context.note_accepted(location.exercise, judged.evidence.submission.files)
        except KataError as error:
            return [f"The verdict stands, but could not be noted: {error}"]
    return []
