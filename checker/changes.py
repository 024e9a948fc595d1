"""What is new in a verdict, compared with the one before it on the same exercise."""

from __future__ import annotations

from dataclasses import dataclass

from .findings import Code, Verdict


@dataclass(frozen=True, slots=True)
class Changes:
    """Bugs by id: caught now and not before, or the other way round; and codes that block now and did not before."""

    caught: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    codes: frozenset[Code] = frozenset()


NOTHING_NEW = Changes()


def changes(before: Verdict | None, after: Verdict) -> Changes:
    """What `after` brings. Nothing is new without a verdict before it, nor where no bug was tried."""
    if before is None:
        return NOTHING_NEW
    had = {bug.id for bug in before.bugs if bug.caught}
    missed = {bug.id for bug in before.bugs if bug.caught is False}
    caught = {bug.id for bug in after.bugs if bug.caught}
    return Changes(
        frozenset(caught & missed if before.bugs else ()),
        frozenset(had & {bug.id for bug in after.bugs if bug.caught is False}),
        frozenset({f.code for f in after.blocking} - {f.code for f in before.blocking} - {Code.BUG_ESCAPED}),
    )
