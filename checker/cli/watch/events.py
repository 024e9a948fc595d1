"""What can happen while somebody works."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ...judging import Judged


class Happening(Enum):
    """What can happen, keys and verdicts apart."""

    SAVED = "saved"
    LOOK = "look"  # for a save that nobody told of
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key."""

    key: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A verdict on the text with this hash, or why there is none."""

    text: str
    judged: Judged | None
    trouble: str


Event = Happening | Pressed | Decided
