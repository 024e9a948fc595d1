"""The import of deliveries: what is booked and refused, and what is left alone."""

from copy import deepcopy
from typing import Any

import pytest

from stock_import import ImportReport, Line, import_delivery


class FakeStock:
    """Keeps each booking."""

    def __init__(self) -> None:
        self.bookings: list[tuple[str, int]] = []

    async def add(self, article: str, pieces: int) -> None:
        self.bookings.append((article, pieces))


@pytest.fixture
def stock() -> FakeStock:
    return FakeStock()


def note(*lines: tuple[Any, ...]) -> list[Line]:
    """A delivery note of its own for each test: (article, count) or (article, count, pack)."""
    names = ("article", "count", "pack")
    return [dict(zip(names, line, strict=False)) for line in lines]  # type: ignore[misc]


def mixed_note() -> list[Line]:
    return note((" Spade", 4), ("Rake", 0), ("fork", 2, 10), ("spade", 1), ("Fork ", -1))


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("lines", "bookings"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([("rake", 1)], [("rake", 1)], id="one-piece"),
        pytest.param([("rake", 3, 20)], [("rake", 60)], id="packs"),
        pytest.param([("rake", 3, 20), ("hoe", 2)], [("rake", 60), ("hoe", 2)], id="no-pack-after"),
        pytest.param([("  Rake ", 3)], [("rake", 3)], id="name-as-typed"),
        pytest.param([("rake", 3), ("Rake", 2, 10)], [("rake", 23)], id="an-article-twice"),
        pytest.param(
            [("spade", 1), ("fork", 2), ("spade", 3)], [("spade", 4), ("fork", 2)], id="order"
        ),
    ],
)
async def test_what_is_delivered_is_booked(
    stock: FakeStock, lines: list[tuple[Any, ...]], bookings: list[tuple[str, int]]
) -> None:
    report = await import_delivery(stock, note(*lines))

    assert stock.bookings == bookings
    assert report == ImportReport(booked=dict(bookings), refused=[])


@pytest.mark.asyncio
@pytest.mark.parametrize("count", [0, -1, -12])
async def test_a_line_without_pieces_is_refused_alone(stock: FakeStock, count: int) -> None:
    lines = note(("Hose", count, 5), (" Rake", count), ("hose", 2), ("Hose", count))

    report = await import_delivery(stock, lines)

    assert stock.bookings == [("hose", 2)]
    assert report == ImportReport(booked={"hose": 2}, refused=["Hose", " Rake", "Hose"])


@pytest.mark.asyncio
async def test_the_lines_stay_as_they_were(stock: FakeStock) -> None:
    lines = mixed_note()
    before = deepcopy(lines)
    dicts = list(lines)

    await import_delivery(stock, lines)

    assert lines == before
    assert all(line is its_dict for line, its_dict in zip(lines, dicts, strict=True))


@pytest.mark.asyncio
async def test_an_import_knows_nothing_of_those_before(stock: FakeStock) -> None:
    await import_delivery(FakeStock(), note(("rake", 0), ("spade", 1, 12), ("fork", -2, 5)))
    first = await import_delivery(FakeStock(), mixed_note())

    second = await import_delivery(stock, mixed_note())

    assert second == first == ImportReport({"spade": 5, "fork": 20}, ["Rake", "Fork "])
    assert stock.bookings == [("spade", 5), ("fork", 20)]


@pytest.mark.asyncio
async def test_a_later_import_does_not_change_a_report(stock: FakeStock) -> None:
    report = await import_delivery(stock, note(("rake", 1), ("hose", 0)))

    await import_delivery(stock, note(("rake", 4), ("lamp", 0)))

    assert report == ImportReport({"rake": 1}, ["hose"])


@pytest.mark.asyncio
async def test_a_report_can_be_changed_by_its_caller(stock: FakeStock) -> None:
    report = await import_delivery(stock, mixed_note())
    report.booked.clear()
    report.refused.clear()

    again = await import_delivery(stock, mixed_note())

    assert again == ImportReport({"spade": 5, "fork": 20}, ["Rake", "Fork "])
