from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from web_orders import NoSuchOrder, Order, add_line, get_order, place_order

pytestmark = pytest.mark.asyncio

MONDAY = datetime(2031, 5, 5, 9, 30)
TUESDAY = datetime(2031, 5, 6, 14, 0)
MUGS = ("mug", 2, 950)
JUG = ("jug", 1, 2_400)
CUPS = ("cup", 3, 100)


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session:
        yield session


def read(order: Order) -> tuple[object, ...]:
    lines = [(line.product, line.quantity, line.price_cents) for line in order.lines]
    return order.customer, order.total_cents, order.updated_at, lines


async def stored(session: AsyncSession) -> list[tuple[object, ...]]:
    """Read the orders from the database again."""
    return [read(order) for order in await session.scalars(select(Order).order_by(Order.id))]


async def test_an_order_is_placed(session: AsyncSession) -> None:
    order = await place_order(session, "Kim", [MUGS, JUG], MONDAY)

    assert await stored(session) == [("Kim", 4_300, MONDAY, [MUGS, JUG])]
    assert read(order) == ("Kim", 4_300, MONDAY, [MUGS, JUG])


async def test_a_line_is_added(session: AsyncSession) -> None:
    kims = (await place_order(session, "Kim", [MUGS, JUG], MONDAY)).id

    order = await add_line(session, kims, CUPS, TUESDAY)

    assert await stored(session) == [("Kim", 4_600, TUESDAY, [MUGS, JUG, CUPS])]
    assert read(order) == ("Kim", 4_600, TUESDAY, [MUGS, JUG, CUPS])


async def test_other_orders_stay(engine: AsyncEngine) -> None:
    async with AsyncSession(engine) as session:
        kims = (await place_order(session, "Kim", [MUGS], MONDAY)).id
        robins = (await place_order(session, "Robin", [JUG], MONDAY)).id
        await add_line(session, kims, CUPS, TUESDAY)
        order = await get_order(session, robins)
        assert read(order) == ("Robin", 2_400, MONDAY, [JUG])


async def test_an_order_is_found(session: AsyncSession) -> None:
    await place_order(session, "Robin", [CUPS], MONDAY)
    placed = (await place_order(session, "Kim", [JUG, MUGS], MONDAY)).id

    assert read(await get_order(session, placed)) == ("Kim", 4_300, MONDAY, [JUG, MUGS])


async def test_an_unknown_order(session: AsyncSession) -> None:
    with pytest.raises(NoSuchOrder):
        await get_order(session, 1)
    with pytest.raises(NoSuchOrder):
        await add_line(session, 1, JUG, TUESDAY)
