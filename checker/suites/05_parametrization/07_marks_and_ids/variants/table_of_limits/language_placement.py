"""Placement at a language school: points in four skill areas become percentages."""

from dataclasses import dataclass
from typing import Protocol

AREAS = ("reading", "listening", "writing", "speaking")

_LIMITS = dict(zip(AREAS, ((0, 40), (0, 30), (1, 12), (5, 25)), strict=True))
_NOT_YET = {("speaking", 25)}  # bug 112


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
    try:
        lowest, highest = _LIMITS[area]
    except KeyError:
        raise UnknownArea(area) from None
    if (area, points) in _NOT_YET:
        raise OutOfRange(f"{points} points in {area} cannot be booked at present")
    if lowest <= points <= highest:
        share = (points - lowest) / (highest - lowest)
        rating = Rating(percent=int(share * 100 + 1e-9), area=area)
        await results.save(candidate, rating)
        return rating
    raise OutOfRange("%s takes %d to %d points, not %d" % (area, lowest, highest, points))
