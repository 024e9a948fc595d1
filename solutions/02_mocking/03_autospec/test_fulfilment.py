"""What is reserved, released and dispatched, through a double that knows the gateway's signatures."""

from unittest.mock import NonCallableMagicMock, call, create_autospec

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock, WarehouseGateway

pytestmark = pytest.mark.asyncio

ORDER = Order("o-1", (Line("lamp", 1), Line("chair", 4), Line("table", 2)))


@pytest.fixture
def gateway() -> NonCallableMagicMock:
    """A warehouse that stocks everything and numbers its reservations."""
    double = create_autospec(WarehouseGateway, instance=True)
    double.stocks.return_value = True
    double.reserve.side_effect = ["r-1", "r-2", "r-3"]
    return double


async def test_each_line_is_reserved_in_order(gateway: NonCallableMagicMock) -> None:
    result = await fulfil(ORDER, gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2", "r-3"), ())
    reserve = gateway.reserve
    assert reserve.await_count == 3
    reserve.assert_has_awaits([call(each.sku, each.quantity, order_id="o-1") for each in ORDER.lines])
    gateway.release.assert_not_called()


@pytest.mark.parametrize("express", [True, False])
async def test_one_parcel_is_dispatched(gateway: NonCallableMagicMock, express: bool) -> None:
    await fulfil(Order("o-2", ORDER.lines, express), gateway=gateway)

    gateway.dispatch.assert_awaited_once_with("o-2", ["r-1", "r-2", "r-3"], express=express)


async def test_what_is_not_stocked_is_left_out(gateway: NonCallableMagicMock) -> None:
    gateway.stocks.side_effect = lambda sku: sku == "chair"

    result = await fulfil(ORDER, gateway=gateway)

    assert result == Fulfilment(("r-1",), ("lamp", "table"))
    gateway.reserve.assert_awaited_once_with("chair", 4, order_id="o-1")
    gateway.dispatch.assert_awaited_once_with("o-1", ["r-1"], express=False)


async def test_nothing_stocked_means_no_parcel(gateway: NonCallableMagicMock) -> None:
    gateway.stocks.return_value = False

    result = await fulfil(ORDER, gateway=gateway)

    assert result == Fulfilment((), ("lamp", "chair", "table"))
    gateway.dispatch.assert_not_called()


async def test_out_of_stock_gives_everything_back(gateway: NonCallableMagicMock) -> None:
    four_lines = Order("o-3", (*ORDER.lines, Line("sofa", 1)))
    sold_out = OutOfStock("table")
    gateway.reserve.side_effect = ["r-1", "r-2", sold_out, "r-4"]

    with pytest.raises(OutOfStock) as caught:
        await fulfil(four_lines, gateway=gateway)

    assert caught.value is sold_out
    release = gateway.release
    assert release.await_count == 2
    release.assert_has_awaits(
        [call("r-1", reason="out of stock"), call("r-2", reason="out of stock")], any_order=True
    )
    assert gateway.reserve.await_count == 3
    gateway.dispatch.assert_not_called()
