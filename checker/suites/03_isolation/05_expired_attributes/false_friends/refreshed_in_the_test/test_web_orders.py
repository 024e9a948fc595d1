"""What orders are stored, seen by another session, and what a handler gets to render."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from sqlalchemy.orm import selectinload

from web_orders import NoSuchOrder, Order, OrderLine, add_line, get_order, place_order

pytestmark = pytest.mark.asyncio

MONDAY = datetime(2031, 5, 5, 9, 30)
TUESDAY = datetime(2031, 5, 6, 14, 0)

MUGS = ("mug", 2, 950)
JUG = ("jug", 1, 2_400)
CUPS = ("cup", 3, 100)

Seen = tuple[int, str, int, datetime, list[tuple[str, int, int]]]


async def loaded(order: Order, session: AsyncSession) -> Order:
    """The order, with all that is needed to read it."""
    await session.refresh(order)
    await session.refresh(order, ["lines"])
    return order


def seen(order: Order) -> Seen:
    """All that can be read from an order."""
    lines = [(line.product, line.quantity, line.price_cents) for line in order.lines]
    return order.id, order.customer, order.total_cents, order.updated_at, lines


async def stored(engine: AsyncEngine) -> list[Seen]:
    """All orders, read by a session that has seen none of them before."""
    statement = select(Order).options(selectinload(Order.lines)).order_by(Order.id)
    async with AsyncSession(engine) as session:
        return [seen(order) for order in await session.scalars(statement)]


async def placed(engine: AsyncEngine, customer: str, *lines: tuple[str, int, int]) -> int:
    """The id of an order that another handler placed on Monday."""
    async with AsyncSession(engine) as session:
        order = await place_order(session, customer, lines, MONDAY)
        return (await loaded(order, session)).id


async def test_a_placed_order_is_stored(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        order = await place_order(session, "Kim", [MUGS, JUG], MONDAY)
        order_id = (await loaded(order, session)).id

    assert await stored(engine) == [(order_id, "Kim", 4_300, MONDAY, [MUGS, JUG])]


async def test_a_placed_order_is_complete(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        order = await place_order(session, "Kim", [MUGS, JUG], MONDAY)
        while_open = seen(await loaded(order, session))

    assert while_open == seen(order) == (order.id, "Kim", 4_300, MONDAY, [MUGS, JUG])


async def test_an_added_line_is_stored(engine: AsyncEngine) -> None:
    order_id = await placed(engine, "Kim", MUGS, JUG)

    async with AsyncSession(engine) as session:
        await add_line(session, order_id, CUPS, TUESDAY)

    assert await stored(engine) == [(order_id, "Kim", 4_600, TUESDAY, [MUGS, JUG, CUPS])]


async def test_an_order_with_an_added_line_is_complete(engine: AsyncEngine) -> None:
    order_id = await placed(engine, "Kim", MUGS, JUG)

    async with AsyncSession(engine) as session:
        order = await add_line(session, order_id, CUPS, TUESDAY)
        while_open = seen(await loaded(order, session))

    expected = (order_id, "Kim", 4_600, TUESDAY, [MUGS, JUG, CUPS])
    assert while_open == seen(order) == expected


async def test_other_orders_stay_as_they_are(engine: AsyncEngine) -> None:
    kims = await placed(engine, "Kim", MUGS)
    robins = await placed(engine, "Robin", JUG)

    async with AsyncSession(engine) as session:
        await add_line(session, kims, CUPS, TUESDAY)

    assert await stored(engine) == [
        (kims, "Kim", 2_200, TUESDAY, [MUGS, CUPS]),
        (robins, "Robin", 2_400, MONDAY, [JUG]),
    ]


async def test_an_order_is_found_as_stored(engine: AsyncEngine) -> None:
    await placed(engine, "Robin", CUPS)
    order_id = await placed(engine, "Kim", JUG, MUGS)

    async with AsyncSession(engine) as session:
        order = await get_order(session, order_id)
        while_open = seen(await loaded(order, session))

    assert while_open == seen(order) == (order_id, "Kim", 4_300, MONDAY, [JUG, MUGS])


async def test_an_unknown_order_is_not_found(engine: AsyncEngine) -> None:
    order_id = await placed(engine, "Kim", MUGS)

    async with AsyncSession(engine) as session:
        with pytest.raises(NoSuchOrder):
            await get_order(session, order_id + 1)


async def test_an_unknown_order_gets_no_line(engine: AsyncEngine) -> None:
    order_id = await placed(engine, "Kim", MUGS)

    async with AsyncSession(engine) as session:
        with pytest.raises(NoSuchOrder):
            await add_line(session, order_id + 1, JUG, TUESDAY)

    assert await stored(engine) == [(order_id, "Kim", 1_900, MONDAY, [MUGS])]
    async with AsyncSession(engine) as session:
        assert list(await session.scalars(select(OrderLine.product))) == ["mug"]
