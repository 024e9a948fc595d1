"""Fulfil an order: reserve what the warehouse has, and send it as one parcel."""

from contextlib import AsyncExitStack
from dataclasses import dataclass

from warehouse_gateway import WarehouseGateway


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one article."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Order:
    """What a customer wants, each article on one line at most."""

    id: str
    lines: tuple[Line, ...]
    express: bool = False


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """What became of an order: its reservations, and the articles that nobody has."""

    reservations: tuple[str, ...]
    not_stocked: tuple[str, ...]


async def fulfil(order: Order, *, gateway: WarehouseGateway) -> Fulfilment:
    """Reserve every line that can be had and dispatch them, or raise `OutOfStock` and keep none."""
    stocked = {line.sku: gateway.stocks(line.sku) for line in order.lines}
    numbers: dict[str, str] = {}
    async with AsyncExitStack() as undo:
        for line in order.lines:
            if not stocked[line.sku]:
                continue
            numbers[line.sku] = await gateway.reserve(
                quantity=line.quantity, sku=line.sku, order_id=order.id
            )
            undo.push_async_callback(gateway.release, numbers[line.sku], reason="out of stock")
        undo.pop_all()
    if numbers:
        await gateway.dispatch(
            order_id=order.id, reservations=list(numbers.values()), express=order.express
        )
    missing = [sku for sku, there in stocked.items() if not there]
    return Fulfilment(reservations=tuple(numbers.values()), not_stocked=tuple(missing))
