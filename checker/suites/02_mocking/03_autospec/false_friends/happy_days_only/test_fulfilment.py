from unittest.mock import NonCallableMagicMock, call, create_autospec

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock, WarehouseGateway

pytestmark = pytest.mark.asyncio

LINES = (Line("lamp", 1), Line("chair", 4), Line("table", 2), Line("sofa", 3))


@pytest.fixture
def gateway() -> NonCallableMagicMock:
    double = create_autospec(WarehouseGateway, instance=True)
    double.stocks.return_value = True
    double.reserve.side_effect = ["r-1", "r-2", "r-3", "r-4"]
    return double


@pytest.mark.parametrize("express", [True, False])
async def test_an_order_is_fulfilled(gateway: NonCallableMagicMock, express: bool) -> None:
    result = await fulfil(Order("o-1", LINES[:2], express), gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2"), ())
    gateway.reserve.assert_has_awaits(
        [call("lamp", 1, order_id="o-1"), call("chair", 4, order_id="o-1")]
    )
    assert gateway.reserve.await_count == 2
    gateway.dispatch.assert_awaited_once_with("o-1", ["r-1", "r-2"], express=express)


async def test_what_is_not_stocked_is_left_out(gateway: NonCallableMagicMock) -> None:
    gateway.stocks.side_effect = lambda sku: sku == "chair"

    result = await fulfil(Order("o-1", LINES[:3]), gateway=gateway)

    assert result == Fulfilment(("r-1",), ("lamp", "table"))
    gateway.reserve.assert_awaited_once_with("chair", 4, order_id="o-1")
    gateway.dispatch.assert_awaited_once_with("o-1", ["r-1"], express=False)


async def test_nothing_stocked(gateway: NonCallableMagicMock) -> None:
    gateway.stocks.return_value = False

    result = await fulfil(Order("o-1", LINES[:2]), gateway=gateway)

    assert result == Fulfilment((), ("lamp", "chair"))
    gateway.dispatch.assert_not_called()
