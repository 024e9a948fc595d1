from unittest.mock import AsyncMock

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock

pytestmark = pytest.mark.asyncio

ORDER = Order("o-1", (Line("lamp", 1), Line("chair", 4), Line("table", 2), Line("sofa", 3)))


@pytest.fixture
def gateway() -> AsyncMock:
    gateway = AsyncMock()
    gateway.reserve.side_effect = ["r-1", "r-2", "r-3", "r-4"]
    return gateway


async def test_an_order_is_fulfilled(gateway: AsyncMock) -> None:
    result = await fulfil(ORDER, gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2", "r-3", "r-4"), ())
    assert gateway.reserve.await_count == 4
    gateway.dispatch.assert_awaited_once()


async def test_out_of_stock(gateway: AsyncMock) -> None:
    gateway.reserve.side_effect = ["r-1", "r-2", OutOfStock, "r-4"]

    with pytest.raises(OutOfStock):
        await fulfil(ORDER, gateway=gateway)

    assert gateway.reserve.await_count == 3
    gateway.dispatch.assert_not_called()
