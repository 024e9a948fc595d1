from unittest.mock import AsyncMock, create_autospec

import pytest

from repair_orders import Connection, RepairOrder, RepairOrdersDAO

pytestmark = pytest.mark.asyncio

COLUMNS = "SELECT number, bicycle, status FROM repair_orders "
COUNT = "SELECT count(*) FROM repair_orders "
WHERE = "WHERE shop = $1 AND status = ANY($2)"


@pytest.fixture
def connection() -> AsyncMock:
    connection = create_autospec(Connection, instance=True)
    connection.fetch.return_value = []
    connection.fetchval.return_value = 0
    return connection


@pytest.mark.parametrize(("number", "offset"), [(1, 0), (2, 20), (3, 40)])
async def test_all(connection: AsyncMock, number: int, offset: int) -> None:
    await RepairOrdersDAO(connection).page(3, number=number)
    connection.fetch.assert_awaited_once_with(
        COLUMNS + "WHERE shop = $1 ORDER BY number DESC LIMIT $2 OFFSET $3", 3, 20, offset
    )
    connection.fetchval.assert_awaited_once_with(COUNT + "WHERE shop = $1", 3)


@pytest.mark.parametrize(("number", "offset"), [(1, 0), (2, 20), (3, 40)])
@pytest.mark.parametrize(
    "which, statuses",
    [
        ("open", ["received", "waiting"]),
        ("ready", ["ready"]),
        ("closed", ["collected", "cancelled"]),
    ],
)
async def test_filter(
    connection: AsyncMock, which: str, statuses: list[str], number: int, offset: int
) -> None:
    await RepairOrdersDAO(connection).page(3, which, number)
    connection.fetch.assert_awaited_once_with(
        COLUMNS + WHERE + " ORDER BY number DESC LIMIT $3 OFFSET $4", 3, statuses, 20, offset
    )
    connection.fetchval.assert_awaited_once_with(COUNT + WHERE, 3, statuses)


async def test_page(connection: AsyncMock) -> None:
    connection.fetch.return_value = [
        dict(number=2, bicycle="A", status="ready"),
        dict(number=1, bicycle="C", status="collected"),
        dict(number=3, bicycle="B", status="ready"),
    ]
    connection.fetchval.return_value = 1003
    page = await RepairOrdersDAO(connection).page(3)
    assert page.total == 1003
    assert connection.fetch.await_args.args[1:] == (3, 20, 0)
    assert page.orders == [
        RepairOrder(2, "A", "ready"),
        RepairOrder(1, "C", "collected"),
        RepairOrder(3, "B", "ready"),
    ]


async def test_empty(connection: AsyncMock) -> None:
    assert (await RepairOrdersDAO(connection).page(3, "ready")).orders == []


async def test_lost(connection: AsyncMock) -> None:
    with pytest.raises(ValueError, match="^unknown filter: lost$"):
        await RepairOrdersDAO(connection).page(3, "lost")
    assert not connection.fetch.called
    assert not connection.fetchval.called
