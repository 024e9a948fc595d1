"""How results become one grade: what each exercise weighs, and what lateness costs. One TOML file of a teacher's.

format = 1

[weights]                      # a chapter or an exercise; whatever is not named weighs 1
"07_capstone" = 5

[late]                         # when someone handed in: the roster's column `submitted`
deadline = 2026-12-01T23:59:00+01:00
grace_minutes = 10
percent_per_day = 10           # for each day begun
least_percent = 50             # what is left at least
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from ..errors import KataError
from ..schema import CourseError, parse
from .intake import Learner

_Percent = Annotated[float, Field(ge=0, le=100)]
_A_DAY = timedelta(days=1)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Late(_Part):
    """What being late costs."""

    deadline: AwareDatetime
    grace_minutes: Annotated[float, Field(ge=0)] = 0
    percent_per_day: _Percent
    least_percent: _Percent = 0


class Policy(_Part):
    """Weights by chapter or exercise, and the rule for late work."""

    format: Literal[1] = 1
    weights: Mapping[str, Annotated[float, Field(ge=0)]] = {}
    late: Late | None = None

    def weight(self, exercise: str) -> float:
        """The exercise's own weight, else its chapter's, else 1."""
        return self.weights.get(exercise, self.weights.get(exercise.partition("/")[0], 1.0))

    def days_late(self, learner: Learner) -> int:
        """Days begun after deadline and grace; 0 where no time of handing in is known."""
        if self.late is None or learner.submitted is None:
            return 0
        over = learner.submitted - self.late.deadline
        return math.ceil(over / _A_DAY) if over > timedelta(minutes=self.late.grace_minutes) else 0

    def share(self, learner: Learner) -> float:
        """What is left of a learner's points: 1.0 if in time."""
        if self.late is None:
            return 1.0
        left = 100 - self.late.percent_per_day * self.days_late(learner)
        return max(left, self.late.least_percent) / 100 if self.days_late(learner) else 1.0

    def grade(self, learner: Learner, points: Mapping[str, int | None]) -> float:
        """The weighted mean in percent, what is missing counted as 0, less what lateness costs."""
        total = sum(self.weight(exercise) for exercise in points)
        reached = sum(self.weight(exercise) * (got or 0) for exercise, got in points.items())
        return reached / total * self.share(learner) if total else 0.0


def read_policy(path: Path, exercises: Mapping[str, object]) -> Policy:
    """A teacher's policy. Raises KataError where it can't be read or names what there is not."""
    try:
        policy = parse(path.read_bytes(), Policy, str(path))
    except OSError as error:
        raise KataError(f"{path}: cannot be read ({error.strerror}).") from error
    known = {*exercises, *(name.partition("/")[0] for name in exercises)}
    for name in policy.weights:
        if name not in known:
            raise CourseError(str(path), f"weights: there is no chapter or exercise {name}", "Correct its name")
    if exercises and not any(policy.weight(name) for name in exercises):
        raise CourseError(str(path), "weights: everything weighs 0", "Give something a weight")
    return policy
