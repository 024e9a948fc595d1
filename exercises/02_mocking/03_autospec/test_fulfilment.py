from unittest.mock import AsyncMock

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock

ORDER = Order("o-1", (Line("lamp", 1), Line("chair", 4)))


@pytest.mark.asyncio
async def test_an_order_is_fulfilled() -> None:
    gateway = AsyncMock()
    gateway.reserve.side_effect = ["r-1", "r-2"]

    result = await fulfil(ORDER, gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2"), ())
    assert gateway.reserve.await_count == 2
    gateway.dispatch.assert_awaited_once()


@pytest.mark.asyncio
async def test_an_order_that_cannot_be_had_is_given_up() -> None:
    gateway = AsyncMock()
    gateway.reserve.side_effect = ["r-1", OutOfStock]

    with pytest.raises(OutOfStock):
        await fulfil(ORDER, gateway=gateway)

    gateway.dispatch.assert_not_called()
