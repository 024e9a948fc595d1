from unittest.mock import AsyncMock

import pytest

from repair_orders import Page, RepairOrder, RepairOrdersDAO, Status


@pytest.fixture
def connection() -> AsyncMock:
    connection = AsyncMock()
    connection.fetch.return_value = [
        {"number": 3, "bicycle": "tandem", "status": "ready"},
        {"number": 5, "bicycle": "trike", "status": "waiting"},
        {"number": 4, "bicycle": "BMX", "status": "ready"},
    ]
    connection.fetchval.return_value = 61
    return connection


@pytest.mark.asyncio
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("which", ["all", "open", "ready", "closed"])
async def test_statements(connection: AsyncMock, which: str, number: int) -> None:
    page = await RepairOrdersDAO(connection).page(7, which, number)

    connection.fetch.assert_awaited_once()
    connection.fetchval.assert_awaited_once()
    listed, counted = connection.fetch.await_args.args, connection.fetchval.await_args.args
    assert "SELECT number, bicycle, status" in listed[0]
    assert "shop = $1" in listed[0]
    assert "ORDER BY number DESC" in listed[0]
    assert "count(*)" in counted[0]
    assert "shop = $1" in counted[0]
    assert ("status = ANY($2)" in listed[0]) == (which != "all")
    assert ("status = ANY($2)" in counted[0]) == (which != "all")
    assert (listed[1], counted[1]) == (7, 7)
    assert 20 in listed
    assert page == Page(
        [
            RepairOrder(3, "tandem", Status.READY),
            RepairOrder(5, "trike", Status.WAITING),
            RepairOrder(4, "BMX", Status.READY),
        ],
        61,
    )


@pytest.mark.asyncio
async def test_nothing(connection: AsyncMock) -> None:
    connection.fetch.return_value = []
    assert (await RepairOrdersDAO(connection).page(7, "ready")).orders == []


@pytest.mark.asyncio
async def test_unknown_filter(connection: AsyncMock) -> None:
    with pytest.raises(ValueError, match=r"^unknown filter: lost$"):
        await RepairOrdersDAO(connection).page(7, "lost")
    assert connection.mock_calls == []
