from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
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
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session


def lines(order: Order) -> list[tuple[str, int, int]]:
    return [(line.product, line.quantity, line.price_cents) for line in order.lines]


async def test_an_order_is_placed(session: AsyncSession) -> None:
    order = await place_order(session, "Kim", [MUGS, JUG], MONDAY)

    assert (order.customer, order.total_cents, order.updated_at) == ("Kim", 4_300, MONDAY)
    assert lines(order) == [MUGS, JUG]


async def test_a_line_is_added(session: AsyncSession) -> None:
    kims = await place_order(session, "Kim", [MUGS, JUG], MONDAY)
    robins = await place_order(session, "Robin", [JUG], MONDAY)

    order = await add_line(session, kims.id, CUPS, TUESDAY)

    assert (order.customer, order.total_cents, order.updated_at) == ("Kim", 4_600, TUESDAY)
    assert lines(order) == [MUGS, JUG, CUPS]
    assert (robins.total_cents, robins.updated_at, lines(robins)) == (2_400, MONDAY, [JUG])


async def test_an_order_is_found(session: AsyncSession) -> None:
    await place_order(session, "Robin", [CUPS], MONDAY)
    placed = await place_order(session, "Kim", [JUG], MONDAY)

    order = await get_order(session, placed.id)

    assert (order.customer, order.total_cents, lines(order)) == ("Kim", 2_400, [JUG])


async def test_an_unknown_order(session: AsyncSession) -> None:
    with pytest.raises(NoSuchOrder):
        await get_order(session, 1)
    with pytest.raises(NoSuchOrder):
        await add_line(session, 1, JUG, TUESDAY)
