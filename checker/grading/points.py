"""Results as numbers: bugs caught of each sort, points, and how both are shown in a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..findings import Verdict, VerdictKind
from .grade import Graded

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


def shown(graded: Graded) -> str:
    """The points as a cell shows them."""
    if graded.verdict is None:
        return NOT_HANDED_IN
    found = points(graded)
    return UNDECIDED if found is None else str(found)


def by_learner(results: Sequence[Graded]) -> Mapping[str, list[Graded]]:
    """The results of each learner, in their order."""
    people: dict[str, list[Graded]] = {}
    for each in results:
        people.setdefault(each.learner.id, []).append(each)
    return people
