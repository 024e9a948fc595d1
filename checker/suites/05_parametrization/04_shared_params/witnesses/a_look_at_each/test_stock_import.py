import asyncio
from unittest.mock import AsyncMock

import pytest

from stock_import import import_delivery

pytestmark = pytest.mark.asyncio


async def test_one_pack() -> None:
    report = await import_delivery(AsyncMock(), [{"article": "a", "count": 1, "pack": 9}])
    assert report.booked == {"a": 9}


async def test_at_least_the_last() -> None:
    lines = [{"article": "a", "count": 2}, {"article": "a", "count": 3}]
    report = await import_delivery(AsyncMock(), lines)
    assert report.booked["a"] >= 3


async def test_alphabetical() -> None:
    stock = AsyncMock()
    await import_delivery(stock, [{"article": "a", "count": 1}, {"article": "b", "count": 1}])
    assert [call.args[0] for call in stock.add.await_args_list] == ["a", "b"]


async def test_made_sooner_or_later() -> None:
    stock = AsyncMock()
    await import_delivery(stock, [{"article": "a", "count": 1}])
    for _ in range(10):
        await asyncio.sleep(0)
    assert stock.add.await_count


async def test_made_at_least_once() -> None:
    stock = AsyncMock()
    await import_delivery(stock, [{"article": "a", "count": 1}])
    stock.add.assert_awaited()


@pytest.mark.parametrize("part", ["booked", "refused"])
async def test_parts_are_not_shared(part: str) -> None:
    lines = [{"article": "a", "count": 1}, {"article": "b", "count": 0}]
    first = await import_delivery(AsyncMock(), lines)
    second = await import_delivery(AsyncMock(), lines)
    assert getattr(first, part) is not getattr(second, part)


async def test_reports_are_not_shared() -> None:
    lines = [{"article": "a", "count": 1}]
    first = await import_delivery(AsyncMock(), lines)
    assert await import_delivery(AsyncMock(), lines) is not first
