from unittest.mock import AsyncMock, call

import pytest

from repair_orders import Page, RepairOrder, RepairOrdersDAO, Status

LIST = "SELECT number, bicycle, status FROM repair_orders"
COUNT = "SELECT count(*) FROM repair_orders"
STATUS = "WHERE shop = $1 AND status = ANY($2)"


@pytest.fixture
def connection() -> AsyncMock:
    row = {"number": 3, "bicycle": "tandem", "status": "ready"}
    other = {"number": 5, "bicycle": "trike", "status": "waiting"}
    return AsyncMock(
        **{
            "fetch.return_value": [row, other, {**row, "number": 2}],
            "fetchval.return_value": 61,
        }
    )


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize(
    ("which", "statuses"),
    [
        ("open", ["received", "waiting"]),
        ("ready", ["ready"]),
        ("closed", ["collected", "cancelled"]),
    ],
)
async def test_filter(connection: AsyncMock, which: str, statuses: list[str], number: int) -> None:
    page = await RepairOrdersDAO(connection).page(7, which, number)

    window = (20, 20 * (number - 1))
    assert connection.mock_calls == [
        call.fetch(f"{LIST} {STATUS} ORDER BY number DESC LIMIT $3 OFFSET $4", 7, statuses, *window),
        call.fetchval(f"{COUNT} {STATUS}", 7, statuses),
    ]
    orders = [
        RepairOrder(3, "tandem", Status.READY),
        RepairOrder(5, "trike", Status.WAITING),
        RepairOrder(2, "tandem", Status.READY),
    ]
    assert page == Page(orders, 61)


@pytest.mark.asyncio
async def test_all(connection: AsyncMock) -> None:
    connection.fetch.return_value = []

    page = await RepairOrdersDAO(connection).page(7)

    assert connection.mock_calls == [
        call.fetch(f"{LIST} WHERE shop = $1 ORDER BY number DESC LIMIT $2 OFFSET $3", 7, 20, 0),
        call.fetchval(f"{COUNT} WHERE shop = $1", 7),
    ]
    assert page == Page([], 61)


@pytest.mark.asyncio
async def test_unknown_filter(connection: AsyncMock) -> None:
    with pytest.raises(ValueError, match=r"^unknown filter: lost$"):
        await RepairOrdersDAO(connection).page(7, "lost")
    assert connection.mock_calls == []
