"""What a grading leaves behind: a gradebook, results for programs, feedback for each learner, a page for the teacher.

Everything is made from results alone, so the same results give the same bytes; times are left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..cli.formats import as_json
from ..findings import BugResult, Code, Severity, Verdict, VerdictKind
from .grade import Graded
from .intake import HandedIn

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NOT_HANDED_IN, UNDECIDED = "", "?"


@dataclass(frozen=True, slots=True)
class Tally:
    """Bugs and probes caught, of those that were handed out and of those that were kept back."""

    public: int
    public_all: int
    held: int
    held_all: int


def tally(verdict: Verdict) -> Tally:
    """How many of each were caught."""
    held = [bug for bug in verdict.bugs if bug.held]
    public = [bug for bug in verdict.bugs if not bug.held]
    return Tally(sum(b.caught is True for b in public), len(public), sum(b.caught is True for b in held), len(held))


def points(graded: Graded) -> int | None:
    """0 to 100; None for what was not handed in, and for what is undecided: neither is a zero."""
    if graded.verdict is None or graded.verdict.kind is VerdictKind.INCONCLUSIVE:
        return None
    return graded.verdict.score or 0


def gradebook(results: Sequence[Graded], exercises: Sequence[str]) -> str:
    """A CSV table: a row a learner, a column an exercise, and the mean over all exercises, missing ones as 0."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["id", "name", "email", "section", *exercises, "mean"])
    for person in _by_learner(results).values():
        told = [_cell(each) for each in person]
        mean = sum(points(each) or 0 for each in person) / len(person)
        learner = person[0].learner
        who = [_safe(text) for text in (learner.id, learner.name, learner.email, learner.section)]
        writer.writerow([*who, *told, f"{mean:.1f}"])
    return rows.getvalue()


def _cell(graded: Graded) -> str:
    if graded.verdict is None:
        return NOT_HANDED_IN
    found = points(graded)
    return UNDECIDED if found is None else str(found)


def _safe(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def results_json(results: Sequence[Graded], handed_in: Sequence[HandedIn], mode: str) -> str:
    """Every result with what it was derived from, for programs."""
    told: list[dict[str, Any]] = []
    for each in results:
        verdict = None if each.verdict is None else as_json(each.verdict) | {"duration_s": None}
        told.append(
            {
                "learner": asdict(each.learner),
                "exercise": each.exercise,
                "derived_from": None if each.key is None else asdict(each.key),
                "points": points(each),
                "tally": None if each.verdict is None else asdict(tally(each.verdict)),
                "verdict": verdict,
            }
        )
    trouble = {entry.learner.id: list(entry.trouble) for entry in handed_in if entry.trouble}
    return (
        json.dumps({"format": 1, "mode": mode, "trouble": trouble, "results": told}, ensure_ascii=False, indent=1)
        + "\n"
    )


def feedback(person: Sequence[Graded], trouble: Sequence[str], mode: str) -> str:
    """Markdown for one learner. Of bugs that were kept back, only their number is told."""
    learner = person[0].learner
    lines = [f"# Feedback for {_plain(learner.name or learner.id)}", "", f"Results: {mode}.", ""]
    lines += [f"- {_plain(each)}" for each in trouble]
    for each in person:
        lines += ["", f"## {each.exercise}", ""]
        if each.verdict is None:
            lines.append("Not handed in.")
            continue
        found, verdict = tally(each.verdict), each.verdict
        lines.append(f"{verdict.kind.value.capitalize()}: {_cell(each)} points. {_told(found)}")
        shown = [f for f in verdict.findings if f.code is not Code.BUG_ESCAPED and not _is_held(f.bug, verdict)]
        for finding in shown:
            where = f"`{finding.place.file}:{finding.place.line}` " if finding.place else ""
            kind = "" if finding.severity is Severity.BLOCKS else "Note: "
            lines.append(f"- {kind}{where}{_plain(finding.message)} {_plain(finding.advice)} ({finding.code})".rstrip())
        for bug in verdict.bugs:
            if not bug.held and not bug.caught:
                lines.append(f"- Gets past the tests: {_plain(bug.behaviour)}")
    return "\n".join(lines) + "\n"


def _told(found: Tally) -> str:
    told = f"{found.public} of {found.public_all} bugs caught"
    return f"{told}, and {found.held} of {found.held_all} that were not handed out." if found.held_all else f"{told}."


def _is_held(bug: str, verdict: Verdict) -> bool:
    return any(each.id == bug and each.held for each in verdict.bugs)


def _plain(text: str) -> str:
    """Text of a learner's or a test's, on one line, that Markdown takes for nothing else."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))


def report(results: Sequence[Graded], handed_in: Sequence[HandedIn], exercises: Sequence[str], mode: str) -> str:
    """One self-contained page: who is how far, which bugs escape most, and who handed in the same."""
    people = _by_learner(results)
    escaped: Counter[tuple[str, str]] = Counter()
    fell_for: Counter[str] = Counter()
    same: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in results:
        if each.verdict is None or each.key is None:
            continue
        same[each.exercise, each.key.submission].append(each.learner.name or each.learner.id)
        escaped.update((each.exercise, bug.behaviour) for bug in each.verdict.bugs if _escaped(bug))
        fell_for.update({str(f.code) for f in each.verdict.blocking} - {str(Code.BUG_ESCAPED)})
    environment = Environment(loader=PackageLoader("checker.grading", "."), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("report.html.j2").render(
        mode=mode,
        exercises=exercises,
        people=[
            (person[0].learner, [(each, points(each), _cell(each)) for each in person]) for person in people.values()
        ],
        escaped=escaped.most_common(30),
        codes=fell_for.most_common(),
        identical=[(key[0], names) for key, names in sorted(same.items()) if len(names) > 1],
        trouble=[(entry.learner, text) for entry in handed_in for text in entry.trouble],
    )


def _escaped(bug: BugResult) -> bool:
    return bug.caught is False


def _by_learner(results: Sequence[Graded]) -> Mapping[str, list[Graded]]:
    people: dict[str, list[Graded]] = {}
    for each in results:
        people.setdefault(each.learner.id, []).append(each)
    return people


def write_all(
    out: Path, results: Sequence[Graded], handed_in: Sequence[HandedIn], exercises: Sequence[str], mode: str
) -> None:
    """Write everything below `out`. Raises NotWritten."""
    from ..files import write_whole

    write_whole(out / "gradebook.csv", gradebook(results, exercises).encode())
    write_whole(out / "results.json", results_json(results, handed_in, mode).encode())
    write_whole(out / "report.html", report(results, handed_in, exercises, mode).encode())
    trouble = {entry.learner.id: entry.trouble for entry in handed_in}
    names: set[str] = set()
    for key, person in _by_learner(results).items():
        name = _file_name(key, names)
        write_whole(out / "feedback" / f"{name}.md", feedback(person, trouble.get(key, ()), mode).encode())


def _file_name(learner: str, taken: set[str]) -> str:
    """A name for a file that every system takes, and no two learners share."""
    base = re.sub(r"[^\w.@-]+", "_", learner).strip("._") or "learner"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name.casefold())
    return name
