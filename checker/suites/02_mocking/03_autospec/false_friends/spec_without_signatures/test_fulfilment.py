from unittest.mock import AsyncMock, NonCallableMagicMock

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock, WarehouseGateway

pytestmark = pytest.mark.asyncio

LINES = (Line("lamp", 1), Line("chair", 4), Line("table", 2), Line("sofa", 3))


def given(one) -> set:
    """The arguments of a call, by position or by keyword."""
    return {*one.args, *one.kwargs.values()}


@pytest.fixture
def gateway() -> NonCallableMagicMock:
    double = AsyncMock(spec=WarehouseGateway)
    double.stocks.return_value = True
    double.reserve.side_effect = ["r-1", "r-2", "r-3", "r-4"]
    return double


@pytest.mark.parametrize("express", [True, False])
async def test_an_order_is_fulfilled(gateway: NonCallableMagicMock, express: bool) -> None:
    result = await fulfil(Order("o-1", LINES[:2], express), gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2"), ())
    assert [given(one) for one in gateway.reserve.await_args_list] == [
        {"lamp", 1, "o-1"},
        {"chair", 4, "o-1"},
    ]
    gateway.dispatch.assert_awaited_once()
    sent = gateway.dispatch.await_args
    given_values = [*sent.args, *sent.kwargs.values()]
    assert all(value in given_values for value in ("o-1", ["r-1", "r-2"], express))


async def test_what_is_not_stocked_is_left_out(gateway: NonCallableMagicMock) -> None:
    gateway.stocks.side_effect = lambda sku: sku == "chair"

    result = await fulfil(Order("o-1", LINES[:3]), gateway=gateway)

    assert result == Fulfilment(("r-1",), ("lamp", "table"))
    assert [given(one) for one in gateway.reserve.await_args_list] == [{"chair", 4, "o-1"}]
    gateway.dispatch.assert_awaited_once()


async def test_nothing_stocked(gateway: NonCallableMagicMock) -> None:
    gateway.stocks.return_value = False

    result = await fulfil(Order("o-1", LINES[:2]), gateway=gateway)

    assert result == Fulfilment((), ("lamp", "chair"))
    gateway.dispatch.assert_not_called()


async def test_out_of_stock(gateway: NonCallableMagicMock) -> None:
    gateway.reserve.side_effect = ["r-1", "r-2", OutOfStock("table"), "r-4"]

    with pytest.raises(OutOfStock, match="table"):
        await fulfil(Order("o-1", LINES), gateway=gateway)

    released = [given(one) for one in gateway.release.await_args_list]
    assert len(released) == 2
    assert set().union(*released) - {"out of stock"} == {"r-1", "r-2"}
    assert gateway.reserve.await_count == 3
    gateway.dispatch.assert_not_called()
