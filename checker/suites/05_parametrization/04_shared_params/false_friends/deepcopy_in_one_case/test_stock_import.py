from copy import deepcopy

import pytest

from stock_import import ImportReport, Line, import_delivery

pytestmark = pytest.mark.asyncio


class FakeStock:
    def __init__(self) -> None:
        self.bookings: list[tuple[str, int]] = []

    async def add(self, article: str, pieces: int) -> None:
        self.bookings.append((article, pieces))


def some_lines() -> list[Line]:
    return [
        {"article": "Spade ", "count": 2, "pack": 5},
        {"article": "Rake ", "count": 0},
        {"article": "fork", "count": 1},
        {"article": " spade", "count": 4},
        {"article": "Hose", "count": -1},
    ]


async def test_everything_at_once() -> None:
    stock = FakeStock()

    report = await import_delivery(stock, some_lines())

    assert stock.bookings == [("spade", 14), ("fork", 1)]
    assert report == ImportReport({"spade": 14, "fork": 1}, ["Rake ", "Hose"])


async def test_empty() -> None:
    stock = FakeStock()
    assert await import_delivery(stock, []) == ImportReport()
    assert stock.bookings == []


async def test_lines_are_unchanged() -> None:
    lines = some_lines()
    before = deepcopy(lines)

    await import_delivery(FakeStock(), lines)

    assert lines == before


async def test_imports_are_independent() -> None:
    stock = FakeStock()
    await import_delivery(stock, [{"article": "fork", "count": 2, "pack": 3}])
    await import_delivery(stock, [{"article": "fork", "count": 0}])
    first = await import_delivery(stock, some_lines())
    second = await import_delivery(stock, some_lines())

    assert first == second == ImportReport({"spade": 14, "fork": 1}, ["Rake ", "Hose"])
    assert stock.bookings == [("fork", 6), *[("spade", 14), ("fork", 1)] * 2]


async def test_reports_are_the_callers() -> None:
    first = await import_delivery(FakeStock(), some_lines())
    second = await import_delivery(FakeStock(), some_lines()[3:])
    assert first == ImportReport({"spade": 14, "fork": 1}, ["Rake ", "Hose"])
    assert second == ImportReport({"spade": 4}, ["Hose"])
    first.booked.clear()
    first.refused.clear()
    third = await import_delivery(FakeStock(), some_lines())
    assert third == ImportReport({"spade": 14, "fork": 1}, ["Rake ", "Hose"])


@pytest.mark.parametrize(
    ("stock", "lines", "bookings"),
    [
        (FakeStock(), [{"article": "Rake", "count": 1}], [("rake", 1)]),
        (FakeStock(), [{"article": "hoe", "count": 2, "pack": 3}], [("hoe", 6)]),
        (FakeStock(), [{"article": "hoe", "count": 0}], []),
    ],
)
async def test_table(
    stock: FakeStock, lines: list[Line], bookings: list[tuple[str, int]]
) -> None:
    if len(bookings) == 0:
        stock = deepcopy(stock)

    await import_delivery(stock, lines)

    assert stock.bookings == bookings
