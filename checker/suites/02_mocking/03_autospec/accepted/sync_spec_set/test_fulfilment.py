import asyncio
from unittest.mock import call, create_autospec

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock, WarehouseGateway


def run(skus: str, replies: list, *, stocked: str = "abcdef", express: bool = False):
    """Fulfil one order with an article for each letter, and give back the result and the double."""
    gateway = create_autospec(WarehouseGateway, instance=True)
    gateway.stocks.side_effect = lambda sku: sku in stocked
    gateway.reserve.side_effect = replies
    order = Order("no 5", tuple(Line(sku, 10 + n) for n, sku in enumerate(skus)), express)
    try:
        result: object = asyncio.run(fulfil(order, gateway=gateway))
    except OutOfStock as error:
        result = error
    return result, gateway


@pytest.mark.parametrize("express", [False, True])
def test_reserve_and_dispatch(express: bool) -> None:
    result, gateway = run("ab", [1, 2], express=express)
    assert result == Fulfilment((1, 2), ())
    gateway.reserve.assert_has_awaits(
        [call("a", 10, order_id="no 5"), call("b", 11, order_id="no 5")]
    )
    gateway.dispatch.assert_awaited_once_with("no 5", [1, 2], express=express)
    assert gateway.reserve.call_count == 2
    assert gateway.release.call_count == 0


def test_unknown_articles() -> None:
    result, gateway = run("axby", ["r", "s"])
    assert result == Fulfilment(("r", "s"), ("x", "y"))
    gateway.reserve.assert_has_awaits(
        [call("a", 10, order_id="no 5"), call("b", 12, order_id="no 5")]
    )
    assert gateway.reserve.call_count == 2
    gateway.dispatch.assert_awaited_once_with("no 5", ["r", "s"], express=False)


def test_only_unknown_articles() -> None:
    result, gateway = run("xy", [])
    assert result == Fulfilment((), ("x", "y"))
    assert not gateway.dispatch.called


def test_out_of_stock() -> None:
    error = OutOfStock("c")
    result, gateway = run("abcd", ["r", "s", error, "t"])
    assert result is error
    given_back = gateway.release.await_args_list
    gateway.release.assert_has_awaits(
        [call("s", reason="out of stock"), call("r", reason="out of stock")], any_order=True
    )
    assert len(given_back) == 2
    assert gateway.reserve.call_count == 3
    assert not gateway.dispatch.called
