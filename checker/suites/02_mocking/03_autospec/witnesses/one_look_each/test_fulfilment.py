import contextlib
from unittest.mock import AsyncMock, Mock

import pytest

from fulfilment import Line, Order, fulfil
from warehouse_gateway import OutOfStock

pytestmark = pytest.mark.asyncio

ORDER = Order("o-1", tuple(Line(sku, 1) for sku in ("lamp", "chair", "table", "sofa")))


def warehouse(*replies: object) -> AsyncMock:
    gateway = AsyncMock(stocks=Mock(return_value=True))
    gateway.reserve.side_effect = replies
    return gateway


async def sold_out() -> AsyncMock:
    gateway = warehouse("r-1", "r-2", OutOfStock(), "r-4")
    with contextlib.suppress(OutOfStock):
        await fulfil(ORDER, gateway=gateway)
    return gateway


async def test_something_is_given_back() -> None:
    assert (await sold_out()).release.called


async def test_no_other_method() -> None:
    names = {name for name, _, _ in (await sold_out()).mock_calls}
    assert names <= {"stocks", "reserve", "release", "dispatch"}


async def test_at_least_twice() -> None:
    assert (await sold_out()).release.await_count >= 2


async def test_the_first_is_given_back() -> None:
    assert "r-1" in str((await sold_out()).release.mock_calls)


async def test_the_reason() -> None:
    assert "cancelled" not in str((await sold_out()).release.mock_calls)


async def test_the_error() -> None:
    with pytest.raises(OutOfStock):
        await fulfil(ORDER, gateway=warehouse(OutOfStock()))


async def test_each_article() -> None:
    gateway = warehouse(*"abcd")
    await fulfil(ORDER, gateway=gateway)
    assert all(line.sku in str(gateway.reserve.mock_calls) for line in ORDER.lines)


async def test_nothing_behind_the_gap() -> None:
    gateway = warehouse(*"abcd")
    gateway.stocks.side_effect = lambda sku: sku != "sofa"
    await fulfil(ORDER, gateway=gateway)
    assert gateway.reserve.await_count == 3


async def test_the_rest_is_sent() -> None:
    gateway = warehouse(*"abcd")
    gateway.stocks.side_effect = lambda sku: sku != "lamp"
    await fulfil(ORDER, gateway=gateway)
    assert gateway.reserve.await_count < 1 or gateway.dispatch.await_count == 1


async def test_which_is_sold_out() -> None:
    with pytest.raises(OutOfStock, match="lamp"):
        await fulfil(ORDER, gateway=warehouse(OutOfStock("lamp")))


async def test_how_many_are_reserved() -> None:
    gateway = warehouse(*"abcd")
    gateway.stocks.return_value = False
    await fulfil(ORDER, gateway=gateway)
    assert gateway.reserve.await_count == 0
