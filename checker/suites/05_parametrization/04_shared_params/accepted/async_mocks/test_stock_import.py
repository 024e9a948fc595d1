import copy
from unittest.mock import AsyncMock, call

import pytest

from stock_import import ImportReport, import_delivery

pytestmark = pytest.mark.asyncio


@pytest.fixture
def stock() -> AsyncMock:
    return AsyncMock()


@pytest.fixture
def lines() -> list[dict]:
    return [
        {"article": "Pot", "count": 2, "pack": 6},
        {"article": "Soil", "count": 0},
        {"article": "bulb ", "count": 10},
        {"article": "POT", "count": 1},
        {"article": "Seeds", "count": -1},
    ]


async def test_delivery(stock: AsyncMock, lines: list[dict]) -> None:
    untouched = copy.deepcopy(lines)
    report = await import_delivery(stock, lines)
    assert stock.mock_calls == [call.add("pot", 13), call.add("bulb", 10)]
    assert stock.add.await_count == 2
    assert report.booked == {"pot": 13, "bulb": 10}
    assert report.refused == ["Soil", "Seeds"]
    assert lines == untouched


async def test_empty(stock: AsyncMock) -> None:
    report = await import_delivery(stock, [])
    assert report == ImportReport()
    stock.add.assert_not_called()


@pytest.mark.parametrize("count, booked", [(-1, {}), (0, {}), (1, {"pot": 1}), (2, {"pot": 2})])
async def test_count(stock: AsyncMock, count: int, booked: dict) -> None:
    report = await import_delivery(stock, [{"article": "pot", "count": count}])
    assert report.booked == booked
    assert report.refused == ([] if booked else ["pot"])


@pytest.mark.parametrize("name", ["  Garden hose", "garden hose ", "GARDEN HOSE"])
async def test_name(stock: AsyncMock, name: str) -> None:
    await import_delivery(stock, [{"article": name, "count": 1}])
    stock.add.assert_awaited_once_with("garden hose", 1)
    assert (await import_delivery(stock, [{"article": name, "count": 0}])).refused == [name]


async def test_twice(lines: list[dict]) -> None:
    one, two = AsyncMock(), AsyncMock()
    before = [
        {"article": "soil", "count": 3, "pack": 7},
        {"article": "bulb", "count": 0, "pack": 50},
        {"article": "bulb", "count": 3, "pack": 50},
    ]
    await import_delivery(one, before)
    first = await import_delivery(one, lines)
    kept = copy.deepcopy(first)
    second = await import_delivery(two, lines)
    assert first == kept == second
    assert two.mock_calls == [call.add("pot", 13), call.add("bulb", 10)]
    assert await import_delivery(two, lines[1:2]) == ImportReport({}, ["Soil"])
    assert first == kept


async def test_reports_are_not_shared(stock: AsyncMock, lines: list[dict]) -> None:
    first = await import_delivery(stock, lines)
    second = await import_delivery(stock, lines)
    assert first is not second
    assert first.booked is not second.booked
    assert first.refused is not second.refused
