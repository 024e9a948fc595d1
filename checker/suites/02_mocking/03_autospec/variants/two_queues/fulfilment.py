"""Fulfil an order: reserve what the warehouse has, and send it as one parcel."""

from collections import deque
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


async def _give_back(numbers: list[str], gateway: WarehouseGateway) -> None:
    while numbers:
        await gateway.release(reservation=numbers.pop(), reason="out of stock")


async def fulfil(order: Order, *, gateway: WarehouseGateway) -> Fulfilment:
    """Reserve every line that can be had and dispatch them, or raise `OutOfStock` and keep none."""
    todo = deque(order.lines)
    numbers: list[str] = []
    not_stocked: tuple[str, ...] = ()
    failure: OutOfStock | None = None
    while todo and failure is None:
        line = todo.popleft()
        if gateway.stocks(line.sku):
            try:
                numbers += [await gateway.reserve(line.sku, quantity=line.quantity, order_id=order.id)]
            except OutOfStock as error:
                failure = error
        else:
            not_stocked += (line.sku,)
    if failure is not None:
        await _give_back(numbers, gateway)
        raise failure
    if len(numbers) > 0:
        await gateway.dispatch(order.id, reservations=[*numbers], express=order.express)
    return Fulfilment(tuple(numbers), not_stocked)
