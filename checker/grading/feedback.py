"""What one learner is told about what they handed in, as Markdown and as a page. Made from results alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import Environment, PackageLoader, StrictUndefined

from ..findings import Code, Severity, Verdict
from .grade import Graded
from .points import shown, tally


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to say: what kind it is, where, the text, and the code to look up."""

    text: str
    kind: str = ""
    where: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """All that is said about one exercise."""

    exercise: str
    told: str
    points: tuple[Point, ...] = ()


def parts(person: Sequence[Graded]) -> list[Part]:
    """What is said, exercise by exercise. Of bugs that were kept back, only their number is told."""
    told: list[Part] = []
    for each in person:
        if each.verdict is None:
            told.append(Part(each.exercise, "Not handed in."))
            continue
        found = tally(each.verdict)
        line = (
            f"{each.verdict.kind.value.capitalize()}: {shown(each)} points. {found.public} of {found.public_all} bugs"
        )
        kept_back = f", and {found.held} of {found.held_all} that were not handed out" if found.held_all else ""
        told.append(Part(each.exercise, f"{line} caught{kept_back}.", tuple(_points(each.verdict))))
    return told


def _points(verdict: Verdict) -> Iterator[Point]:
    held = {bug.id for bug in verdict.bugs if bug.held}
    for finding in verdict.findings:
        if finding.code is not Code.BUG_ESCAPED and finding.bug not in held:
            where = f"{finding.place.file}:{finding.place.line}" if finding.place else ""
            kind = "" if finding.severity is Severity.BLOCKS else "Note:"
            yield Point(f"{finding.message} {finding.advice}".strip(), kind, where, str(finding.code))
    for bug in verdict.bugs:
        if not bug.held and not bug.caught:
            yield Point(bug.behaviour, "Gets past the tests:")


def as_markdown(person: Sequence[Graded], trouble: Sequence[str], mode: str) -> str:
    """For whoever reads it in an editor or on a forge."""
    learner = person[0].learner
    lines = [f"# Feedback for {_plain(learner.name or learner.id)}", "", f"Results: {mode}.", ""]
    lines += [f"- {_plain(each)}" for each in trouble]
    for part in parts(person):
        lines += ["", f"## {part.exercise}", "", part.told]
        for point in part.points:
            where = f"`{point.where}`" if point.where else ""
            code = f"({point.code})" if point.code else ""
            lines.append("- " + " ".join(each for each in (point.kind, where, _plain(point.text), code) if each))
    return "\n".join(lines) + "\n"


def as_html(person: Sequence[Graded], trouble: Sequence[str], mode: str) -> str:
    """One self-contained page."""
    learner = person[0].learner
    environment = Environment(loader=PackageLoader("checker.grading", "."), autoescape=True, undefined=StrictUndefined)
    template = environment.get_template("feedback.html.j2")
    return template.render(who=learner.name or learner.id, mode=mode, trouble=trouble, parts=parts(person))


def _plain(text: str) -> str:
    """Text of a learner's or a test's, on one line, that Markdown takes for nothing else."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", " ".join(text.split()))
