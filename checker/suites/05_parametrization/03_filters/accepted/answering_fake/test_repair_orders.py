"""A connection with a few orders in it, which understands exactly the statements of the contract."""

from typing import Any

import pytest

from repair_orders import RepairOrdersDAO

LIST = "SELECT number, bicycle, status FROM repair_orders"
ORDERS = [
    # number, shop, bicycle, status
    (n, shop, f"bike {n}", ["received", "waiting", "ready", "collected", "cancelled"][n % 5])
    for shop, numbers in ((1, range(100)), (2, range(200, 203)))
    for n in numbers
]


class Database:
    def __init__(self) -> None:
        self.asked = 0

    async def fetch(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        self.asked += 1
        rest = list(parameters)
        chosen = self._where(statement.removeprefix(LIST), rest)
        where = " AND status = ANY($2)" if len(parameters) == 4 else ""
        n = len(parameters)
        tail = f" ORDER BY number DESC LIMIT ${n - 1} OFFSET ${n}"
        assert statement == f"{LIST} WHERE shop = $1{where}{tail}"
        limit, offset = rest
        rows = sorted(chosen, reverse=True)[offset : offset + limit]
        return [{"status": s, "number": n, "bicycle": b} for n, _, b, s in rows]

    async def fetchval(self, statement: str, *parameters: Any) -> int:
        self.asked += 1
        rest = list(parameters)
        chosen = self._where(statement.removeprefix("SELECT count(*) FROM repair_orders"), rest)
        assert not rest
        assert statement.endswith(("= $1", "= ANY($2)"))
        return len(chosen)

    def _where(self, text: str, rest: list[Any]) -> list[tuple[int, int, str, str]]:
        assert text.startswith(" WHERE shop = $1")
        shop = rest.pop(0)
        chosen = [order for order in ORDERS if order[1] == shop]
        if " AND status = ANY($2)" in text:
            statuses = rest.pop(0)
            assert statuses in (["received", "waiting"], ["ready"], ["collected", "cancelled"])
            chosen = [order for order in chosen if order[3] in statuses]
        return chosen


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("shop", "which", "number", "expected", "total"),
    [
        pytest.param(1, "all", 1, range(99, 79, -1), 100, id="all"),
        pytest.param(1, "all", 5, range(19, -1, -1), 100, id="the last page"),
        pytest.param(1, "all", 6, [], 100, id="beyond the last page"),
        pytest.param(2, "all", 1, [202, 201, 200], 3, id="another shop"),
        pytest.param(2, "open", 1, [201, 200], 2, id="open"),
        pytest.param(1, "ready", 1, range(97, 1, -5), 20, id="ready"),
        pytest.param(2, "closed", 1, [], 0, id="nothing"),
        pytest.param(1, "open", 2, [n for n in range(50) if n % 5 < 2][::-1], 40, id="open, page 2"),
        pytest.param(1, "closed", 2, [n for n in range(50) if n % 5 > 2][::-1], 40, id="closed, 2"),
    ],
)
async def test_page(shop: int, which: str, number: int, expected: Any, total: int) -> None:
    database = Database()
    page = await RepairOrdersDAO(database).page(shop, which, number)
    assert [order.number for order in page.orders] == list(expected)
    assert [(o.number, 1, o.bicycle, o.status) for o in page.orders if shop == 1] == [
        order for n in expected for order in ORDERS if order[0] == n and shop == 1
    ]
    assert page.total == total
    assert database.asked == 2


@pytest.mark.asyncio
async def test_default_is_everything() -> None:
    dao = RepairOrdersDAO(Database())
    assert await dao.page(1) == await dao.page(1, "all", 1)


class Unsorted(Database):
    async def fetch(self, statement: str, *parameters: Any) -> list[dict[str, Any]]:
        return (await super().fetch(statement, *parameters))[::-1]


@pytest.mark.asyncio
async def test_order_is_the_databases_affair() -> None:
    page = await RepairOrdersDAO(Unsorted()).page(2)
    assert [order.number for order in page.orders] == [200, 201, 202]


@pytest.mark.asyncio
async def test_lost_filter() -> None:
    database = Database()
    with pytest.raises(ValueError) as error:
        await RepairOrdersDAO(database).page(1, "lost")
    assert error.value.args == ("unknown filter: lost",)
    assert database.asked == 0
