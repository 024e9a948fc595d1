"""Deliveries to a garden centre: the lines of a delivery note are booked into the stock."""

from dataclasses import dataclass, field
from typing import NotRequired, Protocol, TypedDict


class Line(TypedDict):
    """A line of a delivery note, as the supplier wrote it. Without a pack it counts single pieces."""

    article: str
    count: int
    pack: NotRequired[int]


class Stock(Protocol):
    """The stock: a service of its own in production."""

    async def add(self, article: str, pieces: int) -> None:
        """Book pieces of an article."""


@dataclass
class ImportReport:
    """What became of a delivery: the pieces booked, by article, and the articles refused."""

    booked: dict[str, int] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)


def _name(line: Line) -> str:
    return line["article"].lower().strip()


def _pieces(line: Line) -> int:
    return line["count"] * line["pack"] if "pack" in line else line["count"]


async def import_delivery(stock: Stock, lines: list[Line]) -> ImportReport:
    """Book a delivery into the stock, each article once. The lines remain the caller's."""
    good = [line for line in lines if not line["count"] <= 0]
    report = ImportReport(refused=[line["article"] for line in lines if line not in good])
    while good:
        article = _name(good[0])
        same = [line for line in good if _name(line) == article]
        good = [line for line in good if _name(line) != article]
        report.booked[article] = sum(map(_pieces, same))
        await stock.add(article, report.booked[article])
    return report
