import pytest

from stock_import import Line, import_delivery


class FakeStock:
    def __init__(self) -> None:
        self.pieces: dict[str, int] = {}

    async def add(self, article: str, pieces: int) -> None:
        self.pieces[article] = self.pieces.get(article, 0) + pieces


EMPTY = FakeStock()
RAKES: list[Line] = [{"article": "Rake", "count": 3}]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("stock", "lines", "rakes"),
    [
        (EMPTY, RAKES, 3),
        (EMPTY, [{"article": "Rake", "count": 2, "pack": 10}], 23),
        (EMPTY, [{"article": "Rake", "count": 0}], 23),
    ],
)
async def test_rakes_are_booked(stock: FakeStock, lines: list[Line], rakes: int) -> None:
    await import_delivery(stock, lines)

    assert stock.pieces["rake"] == rakes


@pytest.mark.asyncio
@pytest.mark.parametrize("lines", [RAKES])
async def test_the_lines_are_not_changed(lines: list[Line]) -> None:
    before = lines

    await import_delivery(FakeStock(), lines)

    assert lines == before
