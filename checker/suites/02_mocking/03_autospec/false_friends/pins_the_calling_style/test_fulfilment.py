from unittest.mock import AsyncMock, Mock, call

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock, WarehouseGateway

pytestmark = pytest.mark.asyncio

LINES = (Line("lamp", 1), Line("chair", 4), Line("table", 2), Line("sofa", 3))


@pytest.fixture
def gateway() -> AsyncMock:
    double = AsyncMock(reserve=AsyncMock(), release=AsyncMock(), dispatch=AsyncMock(), stocks=Mock())
    double.stocks.return_value = True
    double.reserve.side_effect = ["r-1", "r-2", "r-3", "r-4"]
    return double


@pytest.mark.parametrize("express", [True, False])
async def test_an_order_is_fulfilled(gateway: AsyncMock, express: bool) -> None:
    result = await fulfil(Order("o-1", LINES[:2], express), gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2"), ())
    gateway.reserve.assert_has_awaits(
        [call("lamp", 1, order_id="o-1"), call("chair", 4, order_id="o-1")]
    )
    assert gateway.reserve.await_count == 2
    gateway.dispatch.assert_awaited_once_with("o-1", ["r-1", "r-2"], express=express)


async def test_what_is_not_stocked_is_left_out(gateway: AsyncMock) -> None:
    gateway.stocks.side_effect = lambda sku: sku == "chair"

    result = await fulfil(Order("o-1", LINES[:3]), gateway=gateway)

    assert result == Fulfilment(("r-1",), ("lamp", "table"))
    gateway.reserve.assert_awaited_once_with("chair", 4, order_id="o-1")
    gateway.dispatch.assert_awaited_once_with("o-1", ["r-1"], express=False)


async def test_nothing_stocked(gateway: AsyncMock) -> None:
    gateway.stocks.return_value = False

    result = await fulfil(Order("o-1", LINES[:2]), gateway=gateway)

    assert result == Fulfilment((), ("lamp", "chair"))
    gateway.dispatch.assert_not_called()


async def test_out_of_stock(gateway: AsyncMock) -> None:
    gateway.reserve.side_effect = ["r-1", "r-2", OutOfStock("table"), "r-4"]

    with pytest.raises(OutOfStock, match="table"):
        await fulfil(Order("o-1", LINES), gateway=gateway)

    gateway.release.assert_has_awaits(
        [call("r-1", reason="out of stock"), call("r-2", reason="out of stock")], any_order=True
    )
    assert gateway.release.await_count == 2
    assert gateway.reserve.await_count == 3
    gateway.dispatch.assert_not_called()
