"""Each call runs as in a handler, and is compared with what another handler is shown."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker

from web_orders import NoSuchOrder, Order, add_line, get_order, place_order

NOON = datetime(2032, 2, 29, 12)
LATER = NOON + timedelta(hours=5)

Page = tuple[str, int, datetime, list[tuple[str, int, int]]]
Handle = Callable[..., Awaitable[tuple[int, Page]]]


def page(order: Order) -> Page:
    lines = [(line.product, line.quantity, line.price_cents) for line in order.lines]
    return order.customer, order.total_cents, order.updated_at, lines


@pytest.fixture
def handle(engine: AsyncEngine) -> Handle:
    """Call a function with a session of its own; return the order's id and its page."""
    sessions = async_sessionmaker(engine)

    async def handle(function: Callable[..., Awaitable[Order]], *args: Any) -> tuple[int, Page]:
        async with sessions() as session:
            order = await function(session, *args)
            page(order)
        return order.id, page(order)

    return handle


@pytest.mark.asyncio
async def test_placing_and_looking_up(handle: Handle) -> None:
    number, shown = await handle(place_order, "Jo", [("tea", 4, 25), ("pot", 1, 900)], NOON)

    assert shown == ("Jo", 1_000, NOON, [("tea", 4, 25), ("pot", 1, 900)])
    assert await handle(get_order, number) == (number, shown)


@pytest.mark.asyncio
async def test_adding(handle: Handle) -> None:
    before, untouched = await handle(place_order, "Lu", [("rug", 1, 5)], NOON)
    number, _ = await handle(place_order, "Jo", [("tea", 4, 25)], NOON)
    after, also_untouched = await handle(place_order, "Mo", [("hat", 2, 6)], NOON)

    _, shown = await handle(add_line, number, ("pot", 2, 900), LATER)

    assert shown == ("Jo", 1_900, LATER, [("tea", 4, 25), ("pot", 2, 900)])
    assert await handle(get_order, number) == (number, shown)
    assert await handle(get_order, before) == (before, untouched)
    assert await handle(get_order, after) == (after, also_untouched)
    assert untouched == ("Lu", 5, NOON, [("rug", 1, 5)])
    assert also_untouched == ("Mo", 12, NOON, [("hat", 2, 6)])


@pytest.mark.asyncio
@pytest.mark.parametrize("arguments", [(get_order, 1), (add_line, 1, ("tea", 1, 1), NOON)])
async def test_unknown(handle: Handle, arguments: tuple[Any, ...]) -> None:
    with pytest.raises(NoSuchOrder):
        await handle(*arguments)
    with pytest.raises(NoSuchOrder):
        await handle(get_order, 1)
