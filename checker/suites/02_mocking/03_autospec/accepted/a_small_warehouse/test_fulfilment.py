from dataclasses import dataclass, field

import pytest

from fulfilment import Fulfilment, Line, Order, fulfil
from warehouse_gateway import OutOfStock


@dataclass
class SmallWarehouse:
    """Has so many of each article; keeps what is reserved, why it was released, what was sent."""

    shelves: dict[str, int]
    held: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    released: list[tuple[str, str]] = field(default_factory=list)
    sent: list[tuple[str, list[str], bool]] = field(default_factory=list)

    def stocks(self, sku: str) -> bool:
        return sku in self.shelves

    async def reserve(self, sku: str, quantity: int, *, order_id: str) -> str:
        if self.shelves[sku] < quantity:
            raise OutOfStock(sku)
        number = f"{sku}#{len(self.held)}"
        self.held[number] = (sku, quantity, order_id)
        return number

    async def release(self, reservation: str, *, reason: str) -> None:
        del self.held[reservation]
        self.released.append((reservation, reason))

    async def dispatch(self, order_id: str, reservations: list[str], *, express: bool) -> None:
        self.sent.append((order_id, list(reservations), express))


@pytest.fixture
def warehouse() -> SmallWarehouse:
    return SmallWarehouse({"pen": 10, "ink": 5, "cap": 1, "box": 3})


@pytest.mark.asyncio
async def test_standard_order(warehouse: SmallWarehouse) -> None:
    order = Order("77", (Line("ink", 2), Line("pen", 10)))
    result = await fulfil(order, gateway=warehouse)
    assert result == Fulfilment(("ink#0", "pen#1"), ())
    assert warehouse.held == {"ink#0": ("ink", 2, "77"), "pen#1": ("pen", 10, "77")}
    assert warehouse.sent == [("77", ["ink#0", "pen#1"], False)]
    assert warehouse.released == []


@pytest.mark.asyncio
async def test_express_order_with_gaps(warehouse: SmallWarehouse) -> None:
    order = Order("78", (Line("gum", 1), Line("pen", 3), Line("cup", 1)), express=True)
    result = await fulfil(order, gateway=warehouse)
    assert result == Fulfilment(("pen#0",), ("gum", "cup"))
    assert warehouse.sent == [("78", ["pen#0"], True)]


@pytest.mark.asyncio
async def test_nothing_to_send(warehouse: SmallWarehouse) -> None:
    result = await fulfil(Order("79", (Line("gum", 1),)), gateway=warehouse)
    assert result == Fulfilment((), ("gum",))
    assert warehouse.sent == []


@pytest.mark.asyncio
async def test_shortage(warehouse: SmallWarehouse) -> None:
    asked: list[str] = []
    original = warehouse.reserve

    async def reserve(sku: str, quantity: int, *, order_id: str) -> str:
        asked.append(sku)
        return await original(sku, quantity, order_id=order_id)

    warehouse.reserve = reserve  # type: ignore[method-assign]
    order = Order("80", (Line("pen", 1), Line("ink", 1), Line("cap", 2), Line("box", 1)))

    with pytest.raises(OutOfStock, match="cap"):
        await fulfil(order, gateway=warehouse)

    assert asked == ["pen", "ink", "cap"]
    assert warehouse.held == {}
    assert sorted(warehouse.released) == [("ink#1", "out of stock"), ("pen#0", "out of stock")]
    assert warehouse.sent == []
