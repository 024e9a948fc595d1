"""What the trials of one submission brought to light: the one value that every judge reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .catalog import Exercise, Implementation, Mutant, Probe, Suite
from .engine import reach
from .engine.trial import Ending, Outcome, Plan, Timing
from .submission import Submission


@dataclass(frozen=True, slots=True)
class Disorder:
    """A test whose result depends on others, and the one other test that makes the difference, if one alone does.

    With `needs`, the test fails unless `partner` ran before; else it fails after `partner`.
    """

    test: str
    partner: str = ""
    needs: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Outcomes by what they were run for. Everything after `reference` is empty if that was not green."""

    exercise: Exercise
    suite: Suite
    submission: Submission
    reference: Outcome
    second: Outcome | None = None  # another collection of the same
    orders: tuple[tuple[Plan, Outcome], ...] = ()
    disorders: tuple[Disorder, ...] = ()
    twice: Outcome | None = None
    timings: Mapping[Timing, Outcome] = field(default_factory=dict)
    correct: tuple[tuple[Implementation, Outcome], ...] = ()
    mutants: tuple[tuple[Mutant, Outcome], ...] = ()
    probes: tuple[tuple[Probe, Outcome], ...] = ()
    wavering: tuple[str, ...] = ()  # tests that failed and then passed, once for each trial
    trials: int = 0
    duration_s: float = 0.0
    seed: int = 0

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Every outcome, of whatever kind."""
        found = [self.reference, *(o for _, o in self.orders), *self.timings.values()]
        found += [o for _, o in self.correct] + [o for _, o in self.mutants] + [o for _, o in self.probes]
        return tuple(o for o in (*found, self.second, self.twice) if o is not None)

    def place(self, mutant: Mutant, *, within: bool = False) -> reach.BugPlace:
        """Where a bug is planted, over all the files that it changes: in the reference, or `within` the mutant."""
        numbers = reach.first_numbers(self.suite.implementation)
        points: frozenset[int] = frozenset()
        at_import = False
        for path, text in mutant.files.items():
            reference = self.exercise.given.get(path)
            if reference is None or not path.endswith(".py"):
                return reach.BugPlace(unknown=True)
            texts = (text, reference) if within else (reference, text)
            found = reach.bug_place(texts[0].decode(), texts[1].decode(), numbers[path])
            points |= found.points
            at_import = at_import or found.at_import
        return reach.BugPlace(points, at_import=at_import, unknown=not points and not at_import)

    @property
    def undecided(self) -> bool:
        """True when some trial could not be decided, for a reason outside the submission."""
        return any(outcome.ending is Ending.LOST for outcome in self.outcomes)
