from collections.abc import AsyncIterator
from datetime import datetime

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from web_orders import add_line, get_order, place_order

MONDAY = datetime(2031, 5, 5, 9, 30)
TUESDAY = datetime(2031, 5, 6, 14, 0)


@pytest_asyncio.fixture
async def session(engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
    # Without expire_on_commit=False there were errors: MissingGreenlet. Now they are gone.
    async with AsyncSession(engine, expire_on_commit=False) as session:
        yield session


@pytest.mark.asyncio
async def test_an_order_is_placed(session: AsyncSession) -> None:
    order = await place_order(session, "Kim", [("mug", 2, 950)], MONDAY)

    assert order.total_cents == 1_900
    assert order.updated_at == MONDAY
    assert [line.product for line in order.lines] == ["mug"]


@pytest.mark.asyncio
async def test_a_line_is_added(session: AsyncSession) -> None:
    order = await place_order(session, "Kim", [("mug", 2, 950)], MONDAY)

    await add_line(session, order.id, ("jug", 1, 2_400), TUESDAY)

    stored = await get_order(session, order.id)
    assert stored.total_cents == 4_300
    assert stored.updated_at == TUESDAY
    assert len(stored.lines) == 2
