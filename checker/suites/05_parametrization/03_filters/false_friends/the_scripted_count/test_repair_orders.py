from typing import Any
from unittest.mock import AsyncMock

import pytest

from repair_orders import RepairOrder, RepairOrdersDAO, Status

STATUSES = {
    "all": ["received", "waiting", "ready", "collected", "cancelled"],
    "open": ["waiting", "received", "waiting"],
    "ready": ["ready"],
    "closed": ["collected", "cancelled"],
}


@pytest.mark.asyncio
@pytest.mark.parametrize("which", STATUSES)
async def test_filter_returns_matching_orders(which: str) -> None:
    rows: list[dict[str, Any]] = [
        {"number": 100 - i, "bicycle": f"bike {i}", "status": status}
        for i, status in enumerate(STATUSES[which])
    ]
    connection = AsyncMock()
    connection.fetch.return_value = rows
    connection.fetchval.return_value = len(rows)

    page = await RepairOrdersDAO(connection).page(7, which)

    assert page.total == len(rows)
    assert [order.status for order in page.orders] == [Status(s) for s in STATUSES[which]]
    assert page.orders == [
        RepairOrder(row["number"], row["bicycle"], Status(row["status"])) for row in rows
    ]
    connection.fetch.assert_awaited_once()
    connection.fetchval.assert_awaited_once()


@pytest.mark.asyncio
async def test_unknown_filter() -> None:
    connection = AsyncMock()
    with pytest.raises(ValueError, match=r"^unknown filter: lost$"):
        await RepairOrdersDAO(connection).page(7, "lost")
    connection.fetch.assert_not_called()
    connection.fetchval.assert_not_called()
