"""Deliveries to a garden centre: the lines of a delivery note are booked into the stock."""

from dataclasses import dataclass, field
from typing import NamedTuple, NotRequired, Protocol, Self, TypedDict


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


class _Delivered(NamedTuple):
    """A line that has been read."""

    name: str
    article: str
    pieces: int

    @classmethod
    def read(cls, article: str, count: int, pack: int = 1) -> Self:
        return cls(article, article.strip().lower(), pack * count)


class _Importer:
    """One import."""

    def __init__(self, stock: Stock) -> None:
        self.stock = stock
        self.report = ImportReport()

    def take(self, line: Line) -> None:
        delivered = _Delivered.read(**line)
        if delivered.pieces > 0:
            self.report.booked.setdefault(delivered.article, 0)
            self.report.booked[delivered.article] += delivered.pieces
        else:
            self.report.refused += [delivered.name]

    async def book(self) -> ImportReport:
        for article in self.report.booked:
            await self.stock.add(article, self.report.booked[article])
        return self.report


async def import_delivery(stock: Stock, lines: list[Line]) -> ImportReport:
    """Book a delivery into the stock, each article once. The lines remain the caller's."""
    importer = _Importer(stock)
    for line in lines:
        importer.take(line)
    return await importer.book()
