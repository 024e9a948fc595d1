"""The ladder of hints: how far the suite got, the behaviour, the technique, and at last the planted line."""

from __future__ import annotations

import difflib
import hashlib
from pathlib import Path

from rich.text import Text

from ..catalog import Exercise, Mutant, Probe, Suite
from ..explain import explanation
from ..files import write_whole
from ..findings import BugResult, Code, Verdict
from ..last import recall, remember
from ..submission import read_submission
from .context import Context


def next_hint(context: Context, exercise: Exercise, rung: int | None) -> Text:
    """The next rung for the first thing that is wrong with what someone has now. Each call climbs one."""
    suite = context.suite(exercise).without_held()
    return hint_for(context, exercise, suite, _verdict(context, exercise, suite), rung)


def hint_for(context: Context, exercise: Exercise, suite: Suite, verdict: Verdict, rung: int | None) -> Text:
    """The next rung for the first thing that a verdict finds wrong."""
    first = next((f for f in verdict.blocking if f.code not in (Code.BUG_ESCAPED, Code.PROBE_FAILED)), None)
    if first is not None:
        where = f"{first.place.file}:{first.place.line}  " if first.place else ""
        told = f"{where}{first.message}\nTry: {first.advice}" if first.advice else f"{where}{first.message}"
        return _climb(context, exercise, f"{first.code}:{first.place}", [told, explanation(first.code)], rung)
    bug = next((bug for bug in verdict.bugs if not bug.caught), None)
    if bug is None:
        return Text("Nothing gets past your tests: no hint is needed.")
    rungs = ladder(exercise, suite, bug)
    return _climb(context, exercise, bug.id, rungs, rung)


def _verdict(context: Context, exercise: Exercise, suite: Suite) -> Verdict:
    """The verdict on what someone has now: the last one, unless a file was changed since."""
    workspace, folder = context.workspace, context.location(exercise).folder
    submission = read_submission(folder, exercise, {**exercise.given, **exercise.starter})
    known = recall(workspace.folder, workspace.places, exercise, submission)
    if known is None:
        import asyncio

        from ..engine.start import prestart
        from ..judging import judge_folder

        prestart()
        known = asyncio.run(judge_folder(exercise, suite, folder)).verdict
        remember(workspace.folder, workspace.places, submission, known)
    return known


def _climb(context: Context, exercise: Exercise, what: str, rungs: list[str], rung: int | None) -> Text:
    """The rungs up to the one that is due (or asked for), and how many there are."""
    number = min(rung or _climbed(context, exercise, what), len(rungs))
    more = "Once more for the next." if number < len(rungs) else "That was the last."
    return Text("\n".join(rungs[:number]) + f"\n\n({number} of {len(rungs)}. {more})")


def ladder(exercise: Exercise, suite: Suite, bug: BugResult) -> list[str]:
    """The rungs for one bug or probe."""
    sources: tuple[Mutant | Probe, ...] = (*suite.mutants, *suite.probes)
    source = next(each for each in sources if each.id == bug.id)
    first = bug.behaviour if bug.is_probe else f"“{bug.behaviour}” gets past your tests ({bug.reach.value})."
    rungs = ["\n".join([first, *source.hints[:1]]), *source.hints[1:]]
    if isinstance(source, Mutant):
        for path, text in source.files.items():
            given = exercise.given.get(path, b"").decode().splitlines()
            changed = [
                line
                for line in difflib.unified_diff(given, text.decode().splitlines(), n=0, lineterm="")
                if line[:1] in "+-" and not line.startswith(("+++", "---"))
            ]
            rungs.append(f"Planted in {path}:\n" + "\n".join(f"    {line}" for line in changed))
    return rungs


def _climbed(context: Context, exercise: Exercise, bug: str) -> int:
    """How many rungs are due now: one more than at the last call, kept beside the workspace's state."""
    key = hashlib.sha256(f"{exercise.id}:{bug}".encode()).hexdigest()[:12]
    path: Path = context.workspace.folder / ".kata-hints" / key
    try:
        number = int(path.read_text(encoding="utf-8")) + 1
    except (OSError, ValueError):
        number = 1
    write_whole(path, str(number).encode())
    return number
