"""Deliveries to a garden centre: the lines of a delivery note are booked into the stock."""

from dataclasses import dataclass, field
from typing import NotRequired, Protocol, TypedDict


class Line(TypedDict):
    """A line of a delivery note, as the supplier wrote it. Without a pack it counts pieces."""

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


async def import_delivery(stock: Stock, lines: list[Line]) -> ImportReport:
    """Book a delivery into the stock, each article once. The lines remain the caller's."""
    report = ImportReport()
    for line in lines:
        name, count = line["article"], line["count"]
        if count < 1:
            report.refused.append(name)
            continue
        article = name.strip().lower()
        pieces = count * line.get("pack", 1)
        report.booked[article] = report.booked.get(article, 0) + pieces
    for article, pieces in report.booked.items():
        await stock.add(article, pieces)
    return report
