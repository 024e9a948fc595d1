"""Fulfil an order: reserve what the warehouse has, and send it as one parcel."""

from dataclasses import dataclass

from warehouse_gateway import OutOfStock, WarehouseGateway


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
    wanted = [line for line in order.lines if gateway.stocks(line.sku)]
    not_stocked = tuple(line.sku for line in order.lines if line not in wanted)
    reserved: list[str] = []
    try:
        for line in wanted:
            number = await gateway.reserve(line.sku, line.quantity, order_id=order.id)
            reserved.append(number)
    except OutOfStock:
        for number in reserved:
            await gateway.release(number, reason="out of stock")
        raise
    if reserved:
        await gateway.dispatch(order.id, reserved, express=order.express)
    return Fulfilment(tuple(reserved), not_stocked)
