import pytest

from stock_import import import_delivery

# article, count, pack or None
NOTE = (
    ("Tulip", 3, 50),
    ("ROSE ", 2, None),
    ("weed ", 0, None),
    ("tulip", 7, None),
    ("Weed", -3, 10),
    ("  rose", 1, 2),
)


@pytest.fixture
def stock():
    class Stock(list):
        async def add(self, article, pieces):
            self.append((article, pieces))

    return Stock()


@pytest.fixture
def lines():
    """New dicts for each test, from a table that cannot change."""
    return thaw(NOTE)


def thaw(note):
    return [
        {"article": article, "count": count} | ({"pack": pack} if pack else {})
        for article, count, pack in note
    ]


@pytest.mark.asyncio
async def test_booked(stock, lines):
    report = await import_delivery(stock, lines)
    assert stock == [("tulip", 157), ("rose", 4)]
    assert report.booked == {"tulip": 157, "rose": 4}


@pytest.mark.asyncio
async def test_refused(stock, lines):
    assert (await import_delivery(stock, lines)).refused == ["weed ", "Weed"]


@pytest.mark.asyncio
@pytest.mark.parametrize(("count", "refused"), [(1, []), (0, ["aster"]), (-1, ["aster"])])
async def test_limit(stock, count, refused):
    report = await import_delivery(stock, [{"article": "aster", "count": count}])
    assert report.refused == refused
    assert len(stock) == 1 - len(refused)


@pytest.mark.asyncio
async def test_lines_unchanged(stock, lines):
    identities = [id(line) for line in lines]
    await import_delivery(stock, lines)
    assert lines == thaw(NOTE)
    assert [list(line) for line in lines] == [list(line) for line in thaw(NOTE)]
    assert [id(line) for line in lines] == identities


@pytest.mark.asyncio
async def test_nothing(stock):
    report = await import_delivery(stock, [])
    assert not stock
    assert not report.booked
    assert not report.refused


@pytest.mark.asyncio
async def test_second_import(stock, lines):
    await import_delivery(stock, thaw([("rose", 1, 100), ("tulip", 0, None)]))
    stock.clear()
    first = await import_delivery(stock, lines)
    second = await import_delivery(stock, thaw(NOTE))
    assert stock == 2 * [("tulip", 157), ("rose", 4)]
    assert first == second
    second.booked.clear()
    second.refused.append("moss")
    third = await import_delivery(stock, thaw([("lily", 1, None)]))
    assert (third.booked, third.refused) == ({"lily": 1}, [])
    assert (first.booked, first.refused) == ({"tulip": 157, "rose": 4}, ["weed ", "Weed"])
