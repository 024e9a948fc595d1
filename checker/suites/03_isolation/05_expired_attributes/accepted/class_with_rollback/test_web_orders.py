from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from web_orders import NoSuchOrder, Order, OrderLine, add_line, get_order, place_order

SPRING = datetime(2033, 3, 20)
SUMMER = datetime(2033, 6, 21)
SEEDS = ("seeds", 10, 30)
SPADE = ("spade", 1, 1_999)


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as session:
        yield session


@pytest_asyncio.fixture
async def reader(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    async with AsyncSession(engine) as reader:
        yield reader


async def assert_stored(
    reader: AsyncSession, order_id: int, total: int, at: datetime, *lines: tuple[str, int, int]
) -> None:
    columns = select(Order.total_cents, Order.updated_at).filter_by(id=order_id)
    row = (await reader.execute(columns)).one()
    assert tuple(row) == (total, at)
    lines_of = select(OrderLine.product, OrderLine.quantity, OrderLine.price_cents)
    found = await reader.execute(lines_of.filter_by(order_id=order_id).order_by(OrderLine.id))
    assert [tuple(line) for line in found] == list(lines)


def assert_shows(order: Order, total: int, at: datetime, *lines: tuple[str, int, int]) -> None:
    assert order.customer == "Pat"
    assert order.total_cents == total
    assert order.updated_at == at
    assert [(x.product, x.quantity, x.price_cents) for x in order.lines] == list(lines)


@pytest.mark.asyncio
class TestOrders:
    async def test_placed(self, session: AsyncSession, reader: AsyncSession) -> None:
        order = await place_order(session, "Pat", [SEEDS, SPADE], SPRING)
        number = order.id
        assert_shows(order, 2_299, SPRING, SEEDS, SPADE)
        await session.rollback()
        await assert_stored(reader, number, 2_299, SPRING, SEEDS, SPADE)
        assert await reader.scalar(select(Order.customer)) == "Pat"

    async def test_extended(self, session: AsyncSession, reader: AsyncSession) -> None:
        other = (await place_order(session, "Sam", [SEEDS], SPRING)).id
        number = (await place_order(session, "Pat", [SPADE], SPRING)).id
        await session.close()
        order = await add_line(session, number, SEEDS, SUMMER)
        assert_shows(order, 2_299, SUMMER, SPADE, SEEDS)
        await session.close()
        assert_shows(order, 2_299, SUMMER, SPADE, SEEDS)
        await assert_stored(reader, number, 2_299, SUMMER, SPADE, SEEDS)
        await assert_stored(reader, other, 300, SPRING, SEEDS)

    async def test_found(self, session: AsyncSession, reader: AsyncSession) -> None:
        await place_order(session, "Sam", [SEEDS], SPRING)
        number = (await place_order(session, "Pat", [SPADE, SEEDS], SPRING)).id
        order = await get_order(reader, number)
        assert order.id == number
        assert_shows(order, 2_299, SPRING, SPADE, SEEDS)

    async def test_unknown(self, session: AsyncSession, reader: AsyncSession) -> None:
        with pytest.raises(NoSuchOrder):
            await get_order(session, 77)
        with pytest.raises(NoSuchOrder):
            await add_line(session, 77, SEEDS, SUMMER)
        assert await reader.scalar(select(func.count(Order.id))) == 0
