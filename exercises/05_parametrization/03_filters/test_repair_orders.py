from typing import Any

import pytest

from repair_orders import RepairOrdersDAO


class FakeConnection:
    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows = rows

    async def fetch(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        return self.rows

    async def fetchval(self, statement: str, *parameters: Any) -> int:
        return len(self.rows)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("which", "count"),
    [("all", 4), ("open", 2), ("ready", 1), ("closed", 1)],
)
async def test_filters(which: str, count: int) -> None:
    rows = [{"number": n, "bicycle": "tandem", "status": "ready"} for n in range(count)]
    dao = RepairOrdersDAO(FakeConnection(rows))

    page = await dao.page(shop=7, which=which)

    assert len(page.orders) == count
    assert page.total == count
