"""What a grading leaves behind: a gradebook, results for programs, feedback for each learner, a page for the teacher.

Everything is made from results alone, so the same results give the same bytes; times are left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..cli.formats import as_json
from ..findings import Code
from .feedback import as_html, as_markdown
from .grade import Graded
from .intake import HandedIn
from .lms import Lms, import_file, safe
from .points import by_learner, points, shown, tally
from .policy import Policy


@dataclass(frozen=True, slots=True)
class Outcome:
    """A class's results, and how they are to be read. `mode`: on which bugs they rest, told for the reader."""

    results: Sequence[Graded]
    handed_in: Sequence[HandedIn]
    exercises: Sequence[str]
    mode: str
    policy: Policy = field(default_factory=Policy)

    def grade(self, person: Sequence[Graded]) -> float:
        """One learner's grade in percent."""
        return self.policy.grade(person[0].learner, {each.exercise: points(each) for each in person})


def gradebook(outcome: Outcome) -> str:
    """A CSV table: a row a learner, a column an exercise, days late, and the grade, what is missing counted as 0."""
    rows = io.StringIO()
    writer = csv.writer(rows, lineterminator="\n")
    writer.writerow(["id", "name", "email", "section", *outcome.exercises, "days late", "grade"])
    for person in by_learner(outcome.results).values():
        learner = person[0].learner
        who = [safe(text) for text in (learner.id, learner.name, learner.email, learner.section)]
        late = outcome.policy.days_late(learner)
        writer.writerow([*who, *(shown(each) for each in person), late, f"{outcome.grade(person):.1f}"])
    return rows.getvalue()


def results_json(outcome: Outcome) -> str:
    """Every result with what it was derived from, for programs."""
    told: list[dict[str, Any]] = []
    for each in outcome.results:
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
    trouble = {entry.learner.id: list(entry.trouble) for entry in outcome.handed_in if entry.trouble}
    everything = {"format": 1, "mode": outcome.mode, "trouble": trouble, "results": told}
    return json.dumps(everything, ensure_ascii=False, indent=1, default=str) + "\n"


def lms_import(outcome: Outcome, lms: Lms) -> str:
    """The file that a learning management system takes."""
    people = [
        (person[0].learner, {each.exercise: points(each) for each in person}, outcome.grade(person))
        for person in by_learner(outcome.results).values()
    ]
    return import_file(lms, people, outcome.exercises)


def report(outcome: Outcome) -> str:
    """One self-contained page: who is how far, which bugs escape most, what people fell for, who handed in the same."""
    people = by_learner(outcome.results)
    escaped: Counter[tuple[str, str]] = Counter()
    fell_for: Counter[tuple[str, str]] = Counter()
    codes: Counter[str] = Counter()
    same: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for each in outcome.results:
        if each.verdict is None or each.key is None:
            continue
        same[each.exercise, each.key.submission].append(each.learner.name or each.learner.id)
        escaped.update((each.exercise, bug.behaviour) for bug in each.verdict.bugs if bug.caught is False)
        codes.update({str(f.code) for f in each.verdict.blocking} - {str(Code.BUG_ESCAPED)})
        if each.friend:
            fell_for[each.exercise, each.friend] += 1
    environment = Environment(loader=PackageLoader("checker.grading", "."), autoescape=True, undefined=StrictUndefined)
    return environment.get_template("report.html.j2").render(
        mode=outcome.mode,
        exercises=outcome.exercises,
        people=[
            (person[0].learner, outcome.grade(person), [(each, points(each), shown(each)) for each in person])
            for person in people.values()
        ],
        escaped=escaped.most_common(30),
        friends=fell_for.most_common(),
        codes=codes.most_common(),
        identical=[(key[0], names) for key, names in sorted(same.items()) if len(names) > 1],
        trouble=[(entry.learner, text) for entry in outcome.handed_in for text in entry.trouble],
    )


def write_all(out: Path, outcome: Outcome, lms: Lms | None = None) -> None:
    """Write everything below `out`. Raises NotWritten."""
    from ..files import write_whole

    write_whole(out / "gradebook.csv", gradebook(outcome).encode())
    write_whole(out / "results.json", results_json(outcome).encode())
    write_whole(out / "report.html", report(outcome).encode())
    if lms is not None:
        write_whole(out / f"{lms}.csv", lms_import(outcome, lms).encode())
    trouble = {entry.learner.id: entry.trouble for entry in outcome.handed_in}
    names: set[str] = set()
    for key, person in by_learner(outcome.results).items():
        name = _file_name(key, names)
        told = trouble.get(key, ())
        write_whole(out / "feedback" / f"{name}.md", as_markdown(person, told, outcome.mode).encode())
        write_whole(out / "feedback" / f"{name}.html", as_html(person, told, outcome.mode).encode())


def _file_name(learner: str, taken: set[str]) -> str:
    """A name for a file that every system takes, and no two learners share."""
    base = re.sub(r"[^\w.@-]+", "_", learner).strip("._") or "learner"
    name, number = base, 2
    while name.casefold() in taken:
        name, number = f"{base}-{number}", number + 1
    taken.add(name.casefold())
    return name
