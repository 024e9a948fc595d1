import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock

pytestmark = pytest.mark.asyncio

LINES = (Line("lamp", 1), Line("chair", 4), Line("table", 2), Line("sofa", 3))


class FakeGateway:
    """A warehouse that numbers its reservations and keeps a diary."""

    def __init__(self) -> None:
        self.known = lambda sku: True
        self.replies: list[str | Exception] = ["r-1", "r-2", "r-3", "r-4"]
        self.reserved: list[set] = []
        self.released: list[set] = []
        self.sent: list[list] = []

    def stocks(self, sku: str) -> bool:
        return self.known(sku)

    async def reserve(self, *args, **kwargs) -> str:
        self.reserved.append({*args, *kwargs.values()})
        reply = self.replies[len(self.reserved) - 1]
        if isinstance(reply, Exception):
            raise reply
        return reply

    async def release(self, *args, **kwargs) -> None:
        self.released.append({*args, *kwargs.values()} | {"out of stock"})

    async def dispatch(self, order_id: str, reservations: list[str], *, express: bool) -> None:
        self.sent.append([order_id, list(reservations), express])


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.mark.parametrize("express", [True, False])
async def test_an_order_is_fulfilled(gateway: FakeGateway, express: bool) -> None:
    result = await fulfil(Order("o-1", LINES[:2], express), gateway=gateway)

    assert result == Fulfilment(("r-1", "r-2"), ())
    assert gateway.reserved == [{"lamp", 1, "o-1"}, {"chair", 4, "o-1"}]
    assert gateway.sent == [["o-1", ["r-1", "r-2"], express]]


async def test_what_is_not_stocked_is_left_out(gateway: FakeGateway) -> None:
    gateway.known = lambda sku: sku == "chair"

    result = await fulfil(Order("o-1", LINES[:3]), gateway=gateway)

    assert result == Fulfilment(("r-1",), ("lamp", "table"))
    assert gateway.reserved == [{"chair", 4, "o-1"}]
    assert gateway.sent == [["o-1", ["r-1"], False]]


async def test_nothing_stocked(gateway: FakeGateway) -> None:
    gateway.known = lambda sku: False

    result = await fulfil(Order("o-1", LINES[:2]), gateway=gateway)

    assert result == Fulfilment((), ("lamp", "chair"))
    assert gateway.sent == []


async def test_out_of_stock(gateway: FakeGateway) -> None:
    gateway.replies = ["r-1", "r-2", OutOfStock("table"), "r-4"]

    with pytest.raises(OutOfStock, match="table"):
        await fulfil(Order("o-1", LINES), gateway=gateway)

    assert len(gateway.released) == 2
    assert set().union(*gateway.released) == {"r-1", "r-2", "out of stock"}
    assert len(gateway.reserved) == 3
    assert gateway.sent == []
