"""Which tests are shown a mutant first: those that came by its place when they ran on the reference.

A test that never comes by a planted bug sees the same program as before. So the tests that do are run alone; only where
none of them fails is the mutant shown to all the others too. What keeps this honest is a control: the same tests are
run on the reference, and if one of them is red there, it has failed for what was left out, not for the bug.
(Chosen by coverage as in mutmut, Stryker and PIT; the control and the second look are ours.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .catalog import Mutant
from .engine.bodies import differing
from .engine.trial import Outcome
from .evidence import Evidence

TEST_COST, TRIAL_COST = 10, 50  # in statements of the implementation


def chosen(evidence: Evidence) -> dict[str, tuple[str, ...]]:
    """Mutant → ids of the tests to run first, as collected. A mutant that is not in it is shown to all at once.

    It is left out where more than function bodies is changed, where no test comes by, and where the control would cost
    more than is saved. Only the evidence decides, so the same suite always gets the same.
    """
    every = _cost(evidence.reference, [item.id for item in evidence.reference.items])
    found = {mutant.id: witnesses(evidence, mutant) for mutant in evidence.suite.mutants}
    shared = Counter(found.values())

    def is_worthwhile(tests: tuple[str, ...]) -> bool:
        cost = _cost(evidence.reference, tests)
        return shared[tests] * (every - cost) > (cost + TRIAL_COST if len(tests) > 1 else 0)  # one alone is run anyway

    return {name: tests for name, tests in found.items() if tests and is_worthwhile(tests)}


def witnesses(evidence: Evidence, mutant: Mutant) -> tuple[str, ...]:
    """The tests that come by a mutant's place, as collected; none where more than function bodies is changed."""
    given, place = evidence.exercise.given, evidence.place(mutant)
    within = differing(given, {**given, **mutant.files}, evidence.suite.implementation)
    if within is None or mutant.startup or place.at_import or place.unknown:
        return ()
    return evidence.reference.reaching(place.points)


def _cost(reference: Outcome, tests: Sequence[str]) -> int:
    """Roughly what tests cost, in statements: a clock would choose otherwise each time."""
    return sum(TEST_COST + len(reference.reached.get(test, ())) for test in tests)
