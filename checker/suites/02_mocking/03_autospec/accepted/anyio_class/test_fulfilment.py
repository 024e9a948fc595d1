from unittest import mock

import pytest

from fulfilment import Line, Order, fulfil
from warehouse_gateway import OutOfStock, WarehouseGateway


@pytest.fixture(params=["asyncio"])
def anyio_backend(request):
    return request.param


@pytest.mark.anyio
class TestFulfil:
    def setup_method(self):
        self.gateway = mock.create_autospec(WarehouseGateway, instance=True, spec_set=True)
        self.gateway.reserve.side_effect = (f"n{n}" for n in range(9))

    async def test_everything_there(self):
        order = Order("A", (Line("x", 3), Line("y", 1)), express=True)
        done = await fulfil(order, gateway=self.gateway)
        assert (done.reservations, done.not_stocked) == (("n0", "n1"), ())
        assert self.gateway.reserve.await_count == 2
        self.gateway.reserve.assert_any_await("x", 3, order_id="A")
        self.gateway.reserve.assert_awaited_with("y", 1, order_id="A")
        self.gateway.dispatch.assert_awaited_once_with("A", ["n0", "n1"], express=True)

    async def test_not_express(self):
        await fulfil(Order("A", (Line("x", 3),)), gateway=self.gateway)
        self.gateway.dispatch.assert_awaited_once_with("A", ["n0"], express=False)
        self.gateway.release.assert_not_awaited()

    async def test_some_are_unknown(self):
        self.gateway.stocks.side_effect = {"x": False, "y": True, "z": False}.get
        done = await fulfil(Order("B", (Line("x", 1), Line("y", 2), Line("z", 3))), gateway=self.gateway)
        assert (done.reservations, done.not_stocked) == (("n0",), ("x", "z"))
        self.gateway.reserve.assert_awaited_once_with("y", 2, order_id="B")
        self.gateway.dispatch.assert_awaited_once_with("B", ["n0"], express=False)

    async def test_all_are_unknown(self):
        self.gateway.stocks.return_value = False
        done = await fulfil(Order("B", (Line("x", 1),)), gateway=self.gateway)
        assert (done.reservations, done.not_stocked) == ((), ("x",))
        assert self.gateway.dispatch.mock_calls == []

    async def test_sold_out(self):
        error = OutOfStock("y")
        self.gateway.reserve.side_effect = ["n0", "n1", error, "n3"]
        with pytest.raises(OutOfStock) as info:
            await fulfil(Order("C", tuple(Line(sku, 1) for sku in "wxyz")), gateway=self.gateway)
        assert info.value is error
        assert self.gateway.reserve.await_count == 3
        assert self.gateway.release.await_count == 2
        for number in ("n0", "n1"):
            self.gateway.release.assert_any_await(number, reason="out of stock")
        assert self.gateway.dispatch.mock_calls == []
