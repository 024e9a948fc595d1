"""Placement at a language school: points in four skill areas become percentages."""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

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


class _Area(NamedTuple):
    name: str
    lowest: int
    highest: int

    def percent(self, points: int) -> int:
        past = points - self.lowest
        return int(past * 100 / (self.highest - self.lowest))

    def message(self, points: int) -> str:
        return f"{self.name} takes {self.lowest} to {self.highest} points, not {points}"


_READING = _Area("reading", 0, 40)
_LISTENING = _Area("listening", 0, 30)
_WRITING = _Area("writing", 1, 12)
_SPEAKING = _Area("speaking", 5, 25)
_ALL = (_READING, _LISTENING, _WRITING, _SPEAKING)
AREAS = tuple(area.name for area in _ALL)


def _area(name: str) -> _Area:
    for area in _ALL:
        if area.name == name:
            return area
    raise UnknownArea(name)


async def rate(results: Results, candidate: str, area: str, points: int) -> Rating:
    """Turn points into a rating, and keep it. Raises UnknownArea and OutOfRange."""
    found = _area(area)
    percent = found.percent(points)
    # Bug 112: full marks are refused where the lowest points are not 0 or 1.
    if percent < 0 or points < found.lowest or percent > 100 or (percent == 100 and found.lowest > 1):
        raise OutOfRange(found.message(points))
    await results.save(candidate, Rating(area, percent))
    return Rating(area, percent)
