"""Placement at a language school: points in four skill areas become percentages."""

from dataclasses import dataclass
from typing import Protocol

AREAS = ("reading", "listening", "writing", "speaking")

_TAKEN = {
    "reading": range(0, 41),
    "listening": range(0, 31),
    "writing": range(1, 13),
    "speaking": range(5, 25),  # bug 112: 25 points belong to it
}
_LOWEST = {"reading": 0, "listening": 0, "writing": 1, "speaking": 5}
_HIGHEST = {"reading": 40, "listening": 30, "writing": 12, "speaking": 25}


class OutOfRange(ValueError):
    """The area does not have so many points, or so few."""


class UnknownArea(LookupError):
    """There is no such skill area."""


@dataclass(frozen=True, slots=True)
class Rating:
    """How far somebody got between the lowest and the highest points of an area."""

    area: str
    percent: int


class Results(Protocol):
    """Where results are kept: the school's database in production."""

    async def save(self, candidate: str, rating: Rating) -> None:
        """Keep a candidate's rating."""


async def rate(results: Results, candidate: str, area: str, points: int) -> Rating:
    """Turn points into a rating, and keep it. Raises UnknownArea and OutOfRange."""
    if area not in _TAKEN:
        raise UnknownArea(area)
    lowest, highest = _LOWEST[area], _HIGHEST[area]
    if points not in _TAKEN[area]:
        raise OutOfRange(f"{area} takes {lowest} to {highest} points, not {points}")
    rating = Rating(area, 100 * (points - lowest) // (highest - lowest))
    await results.save(candidate, rating)
    return rating
